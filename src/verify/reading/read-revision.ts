import { readRevision } from '../../day/revisions/read-revisions.js';
import { wasCommitted } from '../../day/revisions/was-committed.js';
import { explainError } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { ArchivedManifest, ArtefactEntry } from '../../model/manifest.js';
import type { Archive } from '../../ports/archive.js';
import type { Readers } from '../check.js';
import type { ListedRevision } from '../listing/list-plan.js';
import { fieldsOf } from './manifest-fields.js';
import { type ReadArtefact, readNamedArtefact } from './read-artefact.js';
import { readLineFile } from './read-line-files.js';
import { type OpenedReport, openReport } from './open-report.js';
import type {
  ArtefactFacts,
  EvidenceFacts,
  LinesFacts,
  ReportFacts,
  VerifiedRevision,
  StampFacts,
} from './verified-revision.js';

/** Reads a revision: its manifest, then each file that it names, one after the other. */
export async function readRevisionFacts(
  archive: Archive,
  plan: string,
  listed: ListedRevision,
  readers: Readers,
): Promise<VerifiedRevision> {
  const { date, revision, prefix, files } = listed;
  const common = { plan, date, revision, prefix, files, manifestKey: `${prefix}${artefactNames.manifest}` };
  const nothing = { ...common, committed: null, damage: null, fields: null, fieldsFault: null, ...noFiles };
  // Something of it was sent: then it had one.
  if (!listed.hasManifest && !(await wasCommitted(archive, deliveriesOf(listed)))) return nothing;
  const read = await readRevision(archive, { plan, date, revision });
  if (!read.ok) return { ...nothing, damage: read.damage };
  const committed = read.revision;
  const checked = fieldsOf(committed.manifest);
  const fields = checked.ok ? checked.fields : null;
  const found = new FilesOfRevision(committed.manifest, readers);
  for (const entry of reportFirst(committed.manifest.artefacts)) {
    await found.take(await readNamedArtefact(archive, prefix, entry));
  }
  const fieldsFault = checked.ok ? null : checked.words;
  return { ...common, committed, damage: null, fields, fieldsFault, ...found.facts() };
}

/** All else is compared with it. */
function reportFirst(artefacts: readonly ArtefactEntry[]): readonly ArtefactEntry[] {
  return [...artefacts.filter(isReport), ...artefacts.filter((each) => !isReport(each))];
}

function isReport({ name }: ArtefactEntry): boolean {
  return name === artefactNames.report;
}

type FilesFacts = Pick<
  VerifiedRevision,
  'artefacts' | 'report' | 'reportFault' | 'lines' | 'evidence' | 'stamps'
>;

const noFiles: FilesFacts = {
  artefacts: [],
  report: null,
  reportFault: null,
  lines: [],
  evidence: null,
  stamps: [],
};

function deliveriesOf({ prefix, files }: ListedRevision): readonly string[] {
  return [...files.keys()].filter((name) => name.startsWith('delivery-')).map((name) => `${prefix}${name}`);
}

/** What comes of the files of a revision, of which only one is in memory. report.json comes first. */
class FilesOfRevision {
  readonly #manifest: ArchivedManifest;
  readonly #readers: Readers;
  readonly #artefacts: ArtefactFacts[] = [];
  readonly #lines: LinesFacts[] = [];
  readonly #stamps: StampFacts[] = [];
  #head: Omit<ReportFacts, 'contentDigest'> | null = null;
  #opened: OpenedReport | null = null;
  #reportFault: string | null = null;
  #evidence: EvidenceFacts | null = null;
  #contentDigest: string | null = null;

  constructor(manifest: ArchivedManifest, readers: Readers) {
    this.#manifest = manifest;
    this.#readers = readers;
  }

  async take({ facts, bytes }: ReadArtefact): Promise<void> {
    this.#artefacts.push(facts);
    if (bytes === null) return;
    const { name } = facts.entry;
    if (name === artefactNames.report) await this.#takeReport(bytes);
    else if (name.endsWith('.gz')) await this.#takeLines(facts, bytes);
    else if (name.endsWith('.html')) await this.#takeStamp(facts, () => this.#readers.pageStamp(bytes));
    else if (name.endsWith('.xlsx')) await this.#takeStamp(facts, () => this.#readers.workbookStamp(bytes));
  }

  facts(): FilesFacts {
    return {
      artefacts: this.#artefacts,
      report: this.#head && { ...this.#head, contentDigest: this.#contentDigest },
      reportFault: this.#reportFault,
      lines: this.#lines,
      evidence: this.#evidence,
      stamps: this.#stamps,
    };
  }

  async #takeReport(bytes: Uint8Array): Promise<void> {
    const read = await openReport(bytes, this.#readers);
    if (read.ok) [this.#head, this.#opened] = [read.facts, read.opened];
    else this.#reportFault = read.fault;
  }

  async #takeLines(facts: ArtefactFacts, bytes: Uint8Array): Promise<void> {
    const isSameDigest = this.#opened?.kind.contentDigestVersion === this.#manifest.contentDigestVersion;
    const read = await readLineFile(facts, bytes, this.#opened, isSameDigest);
    this.#lines.push(read.lines);
    this.#evidence ??= read.evidence;
    this.#contentDigest ??= read.contentDigest;
  }

  async #takeStamp(
    { key, entry }: ArtefactFacts,
    read: () => ReturnType<Readers['pageStamp']>,
  ): Promise<void> {
    const { name } = entry;
    try {
      this.#stamps.push({ key, name, stamp: await read(), fault: null });
    } catch (error) {
      this.#stamps.push({ key, name, stamp: null, fault: explainError(error) });
    }
  }
}
