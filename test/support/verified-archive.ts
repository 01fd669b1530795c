import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import type { Archive } from '../../src/ports/archive.js';
import { allChecks } from '../../src/verify/all-checks.js';
import type { DateRange } from '../../src/verify/check.js';
import { type Verification, type VerifyRequest, verifyArchive } from '../../src/verify/verify-archive.js';
import { shippedKinds } from '../../src/wiring/report-kinds.js';
import { verifyReadersOf, wireFolderArchive } from '../../src/wiring/wire-verify.js';
import { Project, defaultConfiguration, ndjson } from './cli.js';
import { databaseEvent } from './raw-event.js';
import { runHere } from './run-here.js';

const configuration = `${defaultConfiguration}recipients:
  - { name: team, match: {}, to: [team@example.com] }
`;

const named = (name: string) => ({ databaseId: `ocid1.database.oc1.iad.${name}`, dbUniqueName: name });

/** Events of a day: two backups, one of which failed, and a record that is not about backups. */
export function eventsOf(date: string): readonly unknown[] {
  return [
    databaseEvent('begin', `${date}T01:00:00Z`, { id: `${date}-b`, details: named('sales') }),
    databaseEvent('end', `${date}T02:00:00Z`, { id: `${date}-e`, details: named('sales') }),
    databaseEvent('end', `${date}T03:00:00Z`, {
      id: `${date}-f`,
      resourceId: 'ocid1.dbbackup.oc1.iad.b2',
      details: { ...named('stock'), lifecycleState: 'FAILED' },
    }),
    databaseEvent('end', `${date}T03:00:00Z`, {
      id: `${date}-f`,
      resourceId: 'ocid1.dbbackup.oc1.iad.b2',
      details: { ...named('stock'), lifecycleState: 'FAILED' },
    }),
  ];
}

/**
 * A project with an archive that the real machine made, pages, workbooks and a slice included. Of the last day there are two
 * revisions: an event came late.
 *
 * @param dates in order
 * @param more of the configuration, and files that it needs
 */
export async function archiveOf(
  dates: readonly string[],
  {
    more = '',
    extra = {},
  }: { readonly more?: string; readonly extra?: Readonly<Record<string, string>> } = {},
): Promise<Project> {
  const files = dates.map((date) => [`events/${date}.ndjson`, ndjson(eventsOf(date))] as const);
  const project = await Project.create({ ...Object.fromEntries(files), ...extra }, `${configuration}${more}`);
  for (const date of dates) await runHere(project.directory, date);
  const last = dates.at(-1) ?? '';
  const late = databaseEvent('end', `${last}T04:00:00Z`, {
    id: `${last}-late`,
    resourceId: 'ocid1.dbbackup.oc1.iad.b3',
    details: { databaseId: 'ocid1.database.oc1.iad.stock', dbUniqueName: 'stock' },
  });
  await project.write('events/late.ndjson', ndjson([late]));
  await runHere(project.directory, last);
  return project;
}

/** Name of the folder of a project's archive. */
export const archiveFolder = 'reports';

/** What `verify` finds in a folder. */
export function verified(
  folder: string,
  {
    range = { from: null, to: null },
    plan = null,
    ...outside
  }: { readonly range?: DateRange; readonly plan?: string | null } & OutsideHelp = {},
): Promise<Verification> {
  return verifiedArchive(wireFolderArchive(folder), range, plan, outside);
}

type OutsideHelp = Pick<VerifyRequest, 'pinned' | 'checkpoints' | 'rebuild'>;

export function verifiedArchive(
  archive: Archive,
  range: DateRange = { from: null, to: null },
  plan: string | null = null,
  outside: OutsideHelp = {},
): Promise<Verification> {
  return verifyArchive(
    archive,
    { plan, range, checks: allChecks, readers: verifyReadersOf(shippedKinds), ...outside },
    { nowMs: Date.parse('2100-01-01'), backfillCommand: (from, to) => `backfill ${from} ${to}` },
  );
}

/** `kind key`, as `verify` lists them. */
export function kindsOf({ findings }: Verification): readonly string[] {
  return findings.map(({ kind, key }) => `${kind} ${key}`);
}

/** A manifest while it is forged. */
export interface ForgedManifest {
  previousManifest: { key: string; sha256: string } | null;
  supersedes: { revision: number; manifestSha256: string } | null;
  artefacts: { name: string; bytes: number; sha256: string; contentSha256?: string; mediaType: string }[];
  [name: string]: unknown;
}

/** Changes a manifest in place. Returns its new sha-256. */
export async function editManifest(
  folder: string,
  edit: (manifest: ForgedManifest) => void,
): Promise<string> {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as ForgedManifest;
  edit(manifest);
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(path, bytes);
  return sha256Of(bytes);
}

/** Puts other bytes in the place of an artefact, and mends its manifest. */
export async function forgeArtefact(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  await writeFile(join(folder, name), bytes);
  return editManifest(folder, ({ artefacts }) => {
    const entry = artefacts.find((each) => each.name === name);
    if (entry === undefined) throw new Error(`no ${name}`);
    entry.bytes = bytes.length;
    entry.sha256 = sha256Of(bytes);
  });
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
