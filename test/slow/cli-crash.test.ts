import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { listCommitted } from '../../src/day/revisions/list-committed.js';
import { findNewestRevision } from '../../src/day/revisions/read-revisions.js';
import type { Manifest } from '../../src/model/manifest.js';
import { Project, jsonOf, ndjson } from '../support/cli.js';
import { OciProject } from '../support/oci-project.js';
import { databaseEvent } from '../support/raw-event.js';
import { type MailSink, openMailSink } from '../support/mail-sink.js';

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const killSwitch = new URL('kill-switch.js', import.meta.url).href;
const date = '2026-11-19';
const records = ['SALES', 'HR', 'CRM'].map((name, index) =>
  databaseEvent('end', `${date}T0${index}:00:00Z`, {
    id: name,
    resourceId: `ocid1.dbbackup.oc1.iad.${name.toLowerCase()}`,
    details: { databaseId: `ocid1.database.oc1.iad.${name.toLowerCase()}`, dbUniqueName: name },
  }),
);

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly operations: number;
  readonly stderr: string;
}

/** The built command, which kills itself before its n-th operation; 0: never. */
function runUntil(
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

function configuration(port: number, lease = '0s'): string {
  return `plan: daily
timezone: UTC
sources:
  - type: local-files
    paths: ["./events/{date}.ndjson"]
archive:
  type: file-system
  directory: ./reports
  lease: ${lease}
${mailSection(port)}`;
}

function mailSection(port: number): string {
  return `mail:
  type: smtp
  host: 127.0.0.1
  port: ${port}
  security: none
  connectionTimeout: 1s
  greetingTimeout: 1s
  socketTimeout: 1s
  deadline: 0s
  from: reports@example.com
  to: [ops@example.com]
`;
}

const run = ['run', '--date', date, '--log-level', 'warn'];

/** What is wrong with the day: nothing, or what a person would have to put right. */
async function faultsOf(project: Project, sink: MailSink, day = date): Promise<string[]> {
  const archive = createFileSystemArchive(`${project.directory}/reports`);
  const newest = await findNewestRevision(archive, 'daily', day);
  if (newest === null) return [`${day}: no committed revision`];
  const faults: string[] = [];
  for (const { name, sha256 } of newest.manifest.artefacts) {
    const bytes = (await archive.read(`${newest.prefix}${name}`)) ?? new Uint8Array();
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      faults.push(`${day}: ${name} is damaged`);
  }
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

let sink: MailSink;

beforeEach(async () => {
  sink = await openMailSink();
});

afterEach(async () => {
  await sink.close();
});

async function inProject(work: (project: Project) => Promise<void>): Promise<void> {
  const project = await Project.create(
    { [`events/${date}.ndjson`]: ndjson(records) },
    configuration(sink.port),
  );
  try {
    await work(project);
  } finally {
    await project.remove();
  }
}

/** Some of 1 … count, evenly over all of it. */
function spread(count: number, points: number): readonly number[] {
  return Array.from({ length: points }, (_, index) => 1 + Math.floor((index * count) / points));
}

describe('run, killed before a file-system or network operation and run again', () => {
  it('loses no day and no mail, and sends none twice without saying so', async () => {
    let operations = 0;
    await inProject(async (project) => {
      ({ operations } = await runUntil(0, run, project.directory));
      expect(await faultsOf(project, sink)).toEqual([]);
    });
    expect(operations).toBeGreaterThan(200);

    const points = [...spread(operations, 140)];
    const wrong: unknown[] = [];
    let resent = 0;
    let killed = 0;
    const next = async (): Promise<void> => {
      for (let killAt = points.shift(); killAt !== undefined; killAt = points.shift()) {
        const own = await openMailSink();
        const project = await Project.create(
          { [`events/${date}.ndjson`]: ndjson(records) },
          configuration(own.port),
        );
        const first = await runUntil(killAt, run, project.directory);
        if (first.signal === 'SIGKILL') killed += 1;
        const { code, stderr } = await runUntil(0, run, project.directory);
        const faults = await faultsOf(project, own);
        if (code !== 0 || faults.length > 0) wrong.push({ killAt, code, faults, stderr });
        if (own.mails.length > 1) resent += 1;
        await own.close();
        await project.remove();
      }
    };
    await Promise.all([next(), next()]);
    expect(wrong).toEqual([]);
    expect(killed).toBeGreaterThan(125);
    // Kills between the server's answer and the record were among them.
    expect(resent).toBeGreaterThan(0);
  }, 1_500_000);
});

describe('run on Oracle Cloud, killed before a file-system or network operation and run again', () => {
  it('leaves one newest report, whole, and its mail', async () => {
    const attempt = async (killAt: number): Promise<readonly string[]> => {
      const own = await openMailSink();
      const made = await OciProject.create();
      await made.project.write('backup-report.yaml', `${made.configuration()}${mailSection(own.port)}`);
      made.addEvents(records);
      const { directory } = made.project;
      if (killAt > 0) await runUntil(killAt, run, directory);
      const { code, operations, stderr } = await runUntil(0, run, directory);
      counts.push(operations);
      const faults = code === 0 ? [] : [`exit ${code}: ${stderr}`];
      const revision = [2, 1].find((each) => made.revision(date, each).has('manifest.json')) ?? 0;
      const files = made.revision(date, revision);
      for (const { name, sha256 } of jsonOf<Manifest>(files, 'manifest.json').artefacts) {
        const found = createHash('sha256')
          .update(files.get(name) ?? Buffer.alloc(0))
          .digest('hex');
        if (found !== sha256) faults.push(`${name} is damaged`);
      }
      const ids = new Set(own.mails.map(({ messageId }) => messageId));
      if (ids.size !== 1 || !ids.has(`<daily.${date}.r${revision}@example.com>`))
        faults.push(`mails: ${[...ids].join()}`);
      if (own.mails.slice(1).some(({ resent }) => resent === null))
        faults.push('a mail came twice without saying so');
      await own.close();
      await made.remove();
      return faults.map((fault) => `${killAt}: ${fault}`);
    };
    const counts: number[] = [];
    expect(await attempt(0)).toEqual([]);
    const points = [...spread(counts[0] ?? 0, 60)];
    const faults: string[] = [];
    const next = async (): Promise<void> => {
      for (let killAt = points.shift(); killAt !== undefined; killAt = points.shift()) {
        faults.push(...(await attempt(killAt)));
      }
    };
    await Promise.all([next(), next()]);
    expect(faults).toEqual([]);
  }, 900_000);
});

describe('processes that race for one day', () => {
  it.each([2, 10])(
    '%d of them make one report and send one mail',
    async (number) => {
      await inProject(async (project) => {
        await project.write('backup-report.yaml', configuration(sink.port, '60s'));
        const ended = await Promise.all(
          Array.from({ length: number }, () => runUntil(0, run, project.directory)),
        );
        expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
          ended.map(() => ({ code: 0, stderr: '' })),
        );
        expect(await faultsOf(project, sink)).toEqual([]);
        expect(sink.mails).toHaveLength(1);
      });
    },
    300_000,
  );

  it.each([2, 10])(
    '%d of them, most killed on the way: the next run puts all right',
    async (number) => {
      for (let round = 0; round < 4; round += 1) {
        const own = await openMailSink();
        const project = await Project.create(
          { [`events/${date}.ndjson`]: ndjson(records) },
          configuration(own.port, '2s'),
        );
        await Promise.all(
          Array.from({ length: number }, (_, index) =>
            runUntil(150 + 37 * round + 43 * index, run, project.directory),
          ),
        );
        const { code } = await runUntil(0, run, project.directory);
        expect(code).toBe(0);
        expect(await faultsOf(project, own)).toEqual([]);
        await own.close();
        await project.remove();
      }
    },
    600_000,
  );
});

describe('backfill, killed again and again', () => {
  it('ends with the digests of one that was not', async () => {
    const days = Array.from({ length: 40 }, (_, index) =>
      new Date(Date.UTC(2026, 2, 1) + index * 86_400_000).toISOString().slice(0, 10),
    );
    const files = Object.fromEntries(
      days.map((day) => [
        `events/${day}.ndjson`,
        ndjson([
          databaseEvent('end', `${day}T03:00:00Z`, {
            id: day,
            resourceId: `ocid1.dbbackup.oc1.iad.${day}`,
            details: { databaseId: 'ocid1.database.oc1.iad.sales', dbUniqueName: 'SALES' },
          }),
        ]),
      ]),
    );
    const [from = '', to = ''] = [days[0], days.at(-1)];
    const backfill = ['backfill', '--from', from, '--to', to, '--log-level', 'silent'];
    const digestsOf = async (project: Project): Promise<unknown> => {
      const archive = createFileSystemArchive(`${project.directory}/reports`);
      const digests: unknown[] = [];
      for (const day of [...(await listCommitted(archive, 'daily', from, to))].sort()) {
        const newest = await findNewestRevision(archive, 'daily', day);
        digests.push([day, newest?.manifest.artefacts.map(({ name, sha256 }) => `${name} ${sha256}`)]);
      }
      return digests;
    };
    const made = { SOURCE_DATE_EPOCH: '1800000000' };
    const whole = await Project.create(files, configuration(sink.port));
    const torn = await Project.create(files, configuration(sink.port));
    try {
      const { operations } = await runUntil(0, backfill, whole.directory, made);
      let kills = 0;
      let lastCode: number | null = null;
      for (let killAt = Math.floor(operations / 9); ; killAt = Math.floor(killAt * 1.13)) {
        const { signal, code } = await runUntil(killAt, backfill, torn.directory, made);
        lastCode = code;
        if (signal === null) break;
        kills += 1;
      }
      expect(lastCode).toBe(0);
      expect(kills).toBeGreaterThan(4);
      expect(await digestsOf(torn)).toEqual(await digestsOf(whole));
    } finally {
      await whole.remove();
      await torn.remove();
    }
  }, 900_000);
});
