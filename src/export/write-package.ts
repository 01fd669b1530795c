import type { Writable } from 'node:stream';
import { sha256Hex } from '../base/digest.js';
import type { ListedFile } from '../coverage/list-plan.js';
import type { ReadCoverage } from '../coverage/read-coverage.js';
import { readPeriodManifest } from '../coverage/read-periods.js';
import { readKept, readVerified } from '../day/revisions/kept-file.js';
import { readRevision } from '../day/revisions/read-revisions.js';
import type { ArchiveDamage } from '../model/archive-damage.js';
import { madeByKey } from '../model/archive-keys.js';
import { artefactNames } from '../model/artefact-names.js';
import type { ArchivedManifest } from '../model/manifest.js';
import type { Archive } from '../ports/archive.js';
import { type ChosenFiles, archiveFolder, chooseFiles } from './choose-files.js';
import { createNameGuard } from './entry-name.js';
import type { PackageWriter } from './package-writer.js';
import { type PublicKeyFile, publicKeyOf } from './public-keys.js';
import type { TakeLines } from './sample-jobs.js';

/** What was packed, and what was not. */
export interface PackedDays {
  readonly files: number;
  /** Files that are not what their manifests name. They are packed as they are. */
  readonly damage: readonly ArchiveDamage[];
  /** Keys of the plan that were not packed, because nobody knows them or their names are no good. */
  readonly leftOut: readonly string[];
  readonly signatures: number;
  readonly keys: number;
}

/** Files that are made for the package, in their order. */
export interface MadeFile {
  readonly name: string;
  readonly text: string;
}

export interface PackageRequest {
  readonly coverage: ReadCoverage;
  /** The folder that all is in. */
  readonly folder: string;
  open(target: Writable): Promise<PackageWriter>;
  /** Takes the file of lines of each day's newest revision; null: no sample is wanted. */
  readonly takeLines: TakeLines | null;
  /** Name of the file of lines: `jobs.ndjson.gz`. */
  readonly linesFile: string;
  /** Made when everything of the archive is packed. */
  makeFiles(packed: PackedDays): Promise<readonly MadeFile[]>;
}

/**
 * Writes a package: the files of the days and those that they need, what is made for the package, and the sums of all.
 * Reads one file after the other.
 */
export async function writePackage(
  archive: Archive,
  request: PackageRequest,
  target: Writable,
): Promise<PackedDays> {
  const packing = new Packing(archive, await request.open(target), request);
  const { coverage } = request;
  await packing.packDays(chooseFiles(coverage.listing, coverage));
  const packed = packing.packed();
  for (const { name, text } of await request.makeFiles(packed)) await packing.add(name, Buffer.from(text));
  await packing.finish();
  return packed;
}

/** A package that is being written. */
class Packing {
  readonly #archive: Archive;
  readonly #writer: PackageWriter;
  readonly #request: PackageRequest;
  readonly #takesName = createNameGuard();
  readonly #sums: string[] = [];
  readonly #damage = new Map<string, ArchiveDamage>();
  readonly #leftOut: string[];
  readonly #keys = new Map<string, PublicKeyFile>();
  #signatures = 0;

  constructor(archive: Archive, writer: PackageWriter, request: PackageRequest) {
    this.#archive = archive;
    this.#writer = writer;
    this.#request = request;
    this.#leftOut = [...request.coverage.foreign];
    for (const { damage } of request.coverage.days) for (const each of damage) this.#note(each);
  }

  packed(): PackedDays {
    return {
      files: this.#sums.length,
      damage: [...this.#damage.values()],
      leftOut: this.#leftOut.toSorted(),
      signatures: this.#signatures,
      keys: this.#keys.size,
    };
  }

  async packDays({ ofDays, besideDays }: ChosenFiles): Promise<void> {
    const madeBy = new Set<string>();
    for (const revision of byRevision(ofDays)) {
      const manifest = await this.#manifestOf(revision);
      for (const sha256 of Object.values(manifest?.madeBy ?? {})) madeBy.add(sha256);
      for (const file of revision) await this.#packFile(file, sha256In(manifest, file));
      await this.#noteMissing(manifest, revision);
    }
    for (const files of byRevision(besideDays)) {
      const manifest = await this.#manifestOfPeriod(files);
      for (const file of files) await this.#packFile(file, sha256In(manifest, file));
      await this.#noteMissing(manifest, files);
    }
    const { plan } = this.#request.coverage;
    for (const sha256 of [...madeBy].sort()) await this.#packMadeBy(madeByKey(plan, sha256), sha256);
    for (const [name, { pem }] of this.#keys) await this.add(`public-keys/${name}`, Buffer.from(pem));
  }

  /** A file that was made for the package, or one whose name was looked at. */
  async add(name: string, bytes: Uint8Array): Promise<void> {
    await this.#writer.add(`${this.#request.folder}/${name}`, bytes);
    this.#sums.push(`${sha256Hex(bytes)}  ${name}\n`);
  }

  async finish(): Promise<void> {
    const { folder } = this.#request;
    await this.#writer.add(`${folder}/SHA256SUMS`, Buffer.from(this.#sums.join('')));
    await this.#writer.finish();
  }

  async #packFile({ key, file, unreadable }: ListedFile, sha256: string | undefined): Promise<void> {
    const name = `${archiveFolder}/${key}`;
    if (unreadable !== undefined || !this.#takesName(name)) {
      this.#leftOut.push(key);
      return;
    }
    const kept = await readKept(this.#archive, key);
    if (!kept.ok) {
      this.#note(kept.damage);
      this.#leftOut.push(key);
      return;
    }
    if (sha256 !== undefined && sha256Hex(kept.bytes) !== sha256) {
      this.#note({ key, location: this.#archive.locate(key), reason: 'other-bytes' });
    }
    await this.add(name, kept.bytes);
    if ('role' in file && file.name === artefactNames.signature) this.#signatures += 1;
    if (file.place === 'keys') this.#takeKey(file.name, kept.bytes);
    await this.#takeLines({ key, file }, kept.bytes);
  }

  async #packMadeBy(key: string, sha256: string): Promise<void> {
    const kept = await readVerified(this.#archive, key, sha256);
    if (!kept.ok) this.#note(kept.damage);
    const bytes = kept.ok ? kept.bytes : await readAnyway(this.#archive, key);
    if (bytes !== null && this.#takesName(`${archiveFolder}/${key}`)) {
      await this.add(`${archiveFolder}/${key}`, bytes);
    }
  }

  #takeKey(name: string, bytes: Uint8Array): void {
    const key = publicKeyOf(name, bytes);
    if (key !== null && this.#takesName(`public-keys/${key.name}`)) this.#keys.set(key.name, key);
  }

  /** Of the newest revision of a day alone. */
  async #takeLines({ key, file }: Pick<ListedFile, 'key' | 'file'>, bytes: Uint8Array): Promise<void> {
    const { takeLines, linesFile, coverage } = this.#request;
    if (takeLines === null || file.place !== 'revision' || file.name !== linesFile) return;
    const day = coverage.days.find(({ date }) => date === file.date);
    if (day?.revision !== file.revision || this.#damage.has(key)) return;
    await takeLines({ date: file.date, path: `${archiveFolder}/${key}` }, bytes);
  }

  /** null: there is none that can be read; what is wrong with it was noted. */
  async #manifestOf(files: readonly ListedFile[]): Promise<ArchivedManifest | null> {
    const [first] = files;
    if (first?.file.place !== 'revision' || !files.some(isManifest)) return null;
    const { date, revision } = first.file;
    const { plan } = this.#request.coverage;
    const read = await readRevision(this.#archive, { plan, date, revision });
    if (read.ok) return read.revision.manifest;
    this.#note(read.damage);
    return null;
  }

  /** null: the files are of no period, or as `#manifestOf`. */
  async #manifestOfPeriod(files: readonly ListedFile[]): Promise<NamedFiles | null> {
    const [first] = files;
    if (first?.file.place !== 'period' || !files.some(isManifest)) return null;
    const { period: label, revision } = first.file;
    const read = await readPeriodManifest(this.#archive, {
      plan: this.#request.coverage.plan,
      label,
      revision,
    });
    if (read.ok) return read.manifest;
    this.#note(read.damage);
    return null;
  }

  async #noteMissing(manifest: NamedFiles | null, files: readonly ListedFile[]): Promise<void> {
    const prefix = files[0]?.key.slice(0, (files[0]?.key.lastIndexOf('/') ?? 0) + 1) ?? '';
    const keys = new Set(files.map(({ key }) => key));
    for (const { name } of manifest?.artefacts ?? []) {
      const key = `${prefix}${name}`;
      if (!keys.has(key)) this.#note({ key, location: this.#archive.locate(key), reason: 'not-there' });
    }
  }

  #note(damage: ArchiveDamage): void {
    if (!this.#damage.has(damage.key)) this.#damage.set(damage.key, damage);
  }
}

/** Of a manifest: name and sha-256 of each file. */
interface NamedFiles {
  readonly artefacts: readonly { readonly name: string; readonly sha256: string }[];
}

/** Of a day or of a period. */
function isManifest({ file }: ListedFile): boolean {
  return 'role' in file && file.role === 'manifest';
}

function sha256In(manifest: NamedFiles | null, { file }: ListedFile): string | undefined {
  if (!('role' in file) || file.role !== 'artefact') return undefined;
  return manifest?.artefacts.find(({ name }) => name === file.name)?.sha256;
}

async function readAnyway(archive: Archive, key: string): Promise<Uint8Array | null> {
  const kept = await readKept(archive, key);
  return kept.ok ? kept.bytes : null;
}

/** The files of one folder at a time; those of a revision follow each other. */
function* byRevision(files: readonly ListedFile[]): Generator<readonly ListedFile[]> {
  let revision: ListedFile[] = [];
  for (const each of files) {
    if (revision[0] !== undefined && folderOf(revision[0]) !== folderOf(each)) {
      yield revision;
      revision = [];
    }
    revision.push(each);
  }
  if (revision.length > 0) yield revision;
}

function folderOf({ key }: ListedFile): string {
  return key.slice(0, key.lastIndexOf('/') + 1);
}
