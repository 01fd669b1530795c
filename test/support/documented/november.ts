import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayMs } from '../../../src/base/time-units.js';
import { Project, ndjson } from '../cli.js';
import { copyFolder } from '../copy-folder.js';
import { type RawEvent, databaseEvent } from '../raw-event.js';
import { firstKey, firstPem } from '../signing.js';
import type { Place } from './documented-block.js';
import { runCommands } from './run-block.js';

/** When the commands of these pages are called: the days that they name are over. */
export const january = '2027-01-15T09:00:00Z';
/** When yesterday is the last day of November. */
export const december = '2026-12-01T09:00:00Z';
const revisionFolder = 'reports/daily-backup/2026/11/19/r1';
const configuration = `plan: daily-backup
timezone: UTC
sources:
  - { type: local-files, paths: ["./events"] }
archive: { type: file-system, directory: ./reports, lease: 0s }
mail: { type: outbox, directory: ./outbox, from: reports@example.com, to: [ops@example.com] }
signing: { key: "\${file:./signing-key.pem}" }
`;

/** A backup of each of two databases on each day of November. */
function backups(): readonly RawEvent[] {
  const days = Array.from({ length: 30 }, (_, day) => Date.parse('2026-11-01') + day * dayMs);
  return days.flatMap((dayStartMs) =>
    ['ERPPRD', 'ORDERS'].flatMap((name) => {
      const date = new Date(dayStartMs).toISOString().slice(0, 10);
      const details = { databaseId: `ocid1.database.oc1.iad.${name.toLowerCase()}`, dbUniqueName: name };
      const resourceId = `ocid1.dbbackup.oc1.iad.${name.toLowerCase()}${date}`;
      return [
        databaseEvent('begin', `${date}T02:00:00Z`, { id: `${name}-${date}-begin`, resourceId, details }),
        databaseEvent('end', `${date}T02:10:00Z`, { id: `${name}-${date}-end`, resourceId, details }),
      ];
    }),
  );
}

/** A folder with files alone. */
export async function emptyProject(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<Project> {
  const project = new Project(await mkdtemp(join(tmpdir(), 'documented-place-')));
  for (const [name, content] of Object.entries(files)) await project.write(name, content);
  return project;
}

/** A plan that signs, with the events of November and no report. */
export function layProject(): Promise<Project> {
  return emptyProject({
    'backup-report.yaml': configuration,
    'events/november.ndjson': ndjson(backups()),
    'signing-key.pem': firstPem,
  });
}

export function placeOf(project: Project, directory = project.directory): Place {
  return { directory, remove: () => project.remove() };
}

let made: Promise<Project> | undefined;

async function makeNovember(): Promise<Project> {
  const project = await layProject();
  const commands = [
    'backup-report backfill --from 2026-11-01 --to 2026-11-30 --mail',
    'backup-report attest restore-test --resource ORDERS --result passed --ticket CHG-1 --by "Jane Doe"',
  ];
  for (const { command, code, stderr } of await runCommands(commands, placeOf(project), { now: december })) {
    if (code !== 0) throw new Error(`${command} ended with ${code}: ${stderr}`);
  }
  return project;
}

/** A copy of a plan that has a signed report of each day of November, its mails and an attestation, all made once for a suite. */
export async function novemberProject(): Promise<Project> {
  const { directory } = await (made ??= makeNovember());
  const project = await emptyProject();
  copyFolder(directory, project.directory);
  return project;
}

export async function novemberPlace(): Promise<Place> {
  return placeOf(await novemberProject());
}

export async function removeNovember(): Promise<void> {
  if (made !== undefined) await rm((await made).directory, { recursive: true, force: true });
  made = undefined;
}

/** With what an auditor has: a copy of the archive, a mail of then, the public key by another way. */
export async function auditorsPlace(): Promise<Place> {
  const project = await novemberProject();
  copyFolder(join(project.directory, 'reports'), join(project.directory, 'copy-of-archive'));
  const mail = (await project.list('outbox')).find((name) => name.includes('2026-11-20')) ?? '';
  await project.write('mail.eml', await project.read(`outbox/${mail}`));
  await project.write('FILE', await project.read(`outbox/${mail}`));
  await project.write('auditors-copy.pem', firstKey.publicPem);
  return placeOf(project);
}

/** The archive as it lies in the folder of a package. */
export async function packagePlace(): Promise<Place> {
  const project = await novemberProject();
  copyFolder(join(project.directory, 'reports'), join(project.directory, 'archive'));
  return placeOf(project);
}

/** The folder of a revision, with the public key as `KEY`. */
export async function revisionPlace(): Promise<Place> {
  const project = await novemberProject();
  await project.write(`${revisionFolder}/KEY`, firstKey.publicPem);
  return placeOf(project, join(project.directory, revisionFolder));
}

/** The folder of a plan, with its key and its attestation under the names that stand for theirs. */
export async function attestationPlace(): Promise<Place> {
  const project = await novemberProject();
  const plan = 'reports/daily-backup';
  const names = await readdir(join(project.directory, plan, 'attestations'));
  for (const name of names) {
    const bytes = await readFile(join(project.directory, plan, 'attestations', name));
    await project.write(`${plan}/attestations/${name.replace(/^[0-9a-f]{64}/, 'DIGEST')}`, bytes);
  }
  await project.write(`${plan}/keys/KEYID.pem`, firstKey.publicPem);
  return placeOf(project, join(project.directory, plan));
}
