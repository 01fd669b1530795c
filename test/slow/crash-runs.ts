import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { checkLog } from '../../src/day/log/check-log.js';
import { findNewestRevision } from '../../src/day/revisions/read-revisions.js';
import { Project, ndjson } from '../support/cli.js';
import { type MailSink, openMailSink } from '../support/mail-sink.js';
import { databaseEvent } from '../support/raw-event.js';

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const killSwitch = new URL('kill-switch.js', import.meta.url).href;

export const date = '2026-11-19';
export const records = ['SALES', 'HR', 'CRM'].map((name, index) =>
  databaseEvent('end', `${date}T0${index}:00:00Z`, {
    id: name,
    resourceId: `ocid1.dbbackup.oc1.iad.${name.toLowerCase()}`,
    details: { databaseId: `ocid1.database.oc1.iad.${name.toLowerCase()}`, dbUniqueName: name },
  }),
);

export const run = ['run', '--date', date, '--log-level', 'warn'];

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly operations: number;
  readonly stderr: string;
}

/** The built command, which kills itself before its n-th operation; 0: never. */
export function runUntil(
  killAt: number,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', killSwitch, main, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...environment, KILL_AT: String(killAt), COUNT_FD: '3' },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  let count = '';
  child.stderr?.on('data', (text: Buffer) => (stderr += text.toString()));
  child.stdio[3]?.on('data', (text: Buffer) => (count += text.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, operations: Number(count), stderr }));
  });
}

interface ProjectOptions {
  readonly lease?: string;
  /** Longest silence of the mail server. Who takes over the claim of a killed run waits for twice as long. */
  readonly mailTimeout?: string;
  readonly events?: Readonly<Record<string, string>>;
}

/** A project of its own with a mail server of its own, both gone after the work. */
export async function inProject(
  work: (project: Project, sink: MailSink) => Promise<void>,
  { lease = '0s', mailTimeout = '15s', events = {} }: ProjectOptions = {},
): Promise<void> {
  const sink = await openMailSink();
  const files = { [`events/${date}.ndjson`]: ndjson(records), ...events };
  const project = await Project.create(files, configuration(lease, mailSection(sink.port, mailTimeout)));
  try {
    await work(project, sink);
  } finally {
    await project.remove();
    await sink.close();
  }
}

function configuration(lease: string, mail: string): string {
  return `plan: daily
timezone: UTC
sources:
  - type: local-files
    paths: ["./events/{date}.ndjson"]
archive:
  type: file-system
  directory: ./reports
  lease: ${lease}
${mail}`;
}

export function mailSection(port: number, timeout = '15s'): string {
  return `mail:
  type: smtp
  host: 127.0.0.1
  port: ${port}
  security: none
  connectionTimeout: ${timeout}
  greetingTimeout: ${timeout}
  socketTimeout: ${timeout}
  deadline: 0s
  from: reports@example.com
  to: [ops@example.com]
`;
}

/** What is wrong with the day: nothing, or what a person would have to put right. */
export async function faultsOf(project: Project, sink: MailSink, day = date): Promise<string[]> {
  const archive = createFileSystemArchive(`${project.directory}/reports`);
  const newest = await findNewestRevision(archive, 'daily', day);
  if (newest === null) return [`${day}: no committed revision`];
  const faults: string[] = [];
  for (const { name, sha256 } of newest.manifest.artefacts) {
    const bytes = (await archive.read(`${newest.prefix}${name}`)) ?? new Uint8Array();
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      faults.push(`${day}: ${name} is damaged`);
  }
  for (const [name, sha256] of Object.entries(newest.manifest.madeBy ?? {})) {
    const bytes = (await archive.read(`daily/made-by/${sha256}`)) ?? new Uint8Array();
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      faults.push(`${day}: ${name} of made-by/ is damaged`);
  }
  const { findings, notes } = await checkLog(archive, 'daily');
  for (const { words } of [...findings, ...notes]) faults.push(`${day}: ${words}`);
  const keys = (await archive.list(`daily/${day.replaceAll('-', '/')}/`)).map(({ key }) => key);
  if (keys.filter((key) => key.endsWith('/manifest.json')).length !== 1)
    faults.push(`${day}: not one manifest`);
  if (keys.some((key) => key.includes('.tmp-'))) faults.push(`${day}: a temporary file is listed`);
  const id = `<daily.${day}.r${newest.revision}@example.com>`;
  const mails = sink.mails.filter(({ messageId }) => messageId.includes(`.${day}.`));
  if (!mails.some(({ messageId }) => messageId === id))
    faults.push(`${day}: the mail of r${newest.revision} never came`);
  for (const [index, { messageId, resent }] of mails.entries()) {
    if (messageId !== id) faults.push(`${day}: a mail of ${messageId}`);
    if (index > 0 && resent === null) faults.push(`${day}: a mail came twice without saying so`);
  }
  return faults;
}

/** 1 … count. */
export function pointsUpTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** Two at a time: a run that is killed leaves much of a core idle. */
export async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const lane = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all([lane(), lane()]);
}
