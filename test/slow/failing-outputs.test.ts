import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Project, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const preload = new URL('failing-writes.js', import.meta.url).href;
const date = '2026-11-19';
const day = `reports/daily/${date.replaceAll('-', '/')}`;

interface Ended {
  readonly code: number | null;
  readonly answer: string;
  readonly log: string;
}

/** One run whose log and answer go to files, as under a service manager. */
async function runWith(project: Project, environment: Readonly<Record<string, string>>): Promise<Ended> {
  const [answerPath, logPath] = ['answer.txt', 'log.txt'].map((name) => join(project.directory, name));
  await mkdir(join(project.directory, 'tmp'), { recursive: true });
  const [answer, log] = [await open(answerPath ?? '', 'w'), await open(logPath ?? '', 'w')];
  const child = spawn(process.execPath, ['--import', preload, main, 'run', '--date', date], {
    cwd: project.directory,
    env: {
      PATH: process.env['PATH'],
      SOURCE_DATE_EPOCH: '1795600000',
      TMPDIR: join(project.directory, 'tmp'),
      ...environment,
    },
    stdio: ['ignore', answer.fd, log.fd],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  await Promise.all([answer.close(), log.close()]);
  return {
    code,
    answer: await readFile(answerPath ?? '', 'utf8'),
    log: await readFile(logPath ?? '', 'utf8'),
  };
}

interface Output {
  /** Below the project. */
  readonly path: string;
  /** Below the project: writes fail from when it exists. */
  readonly once?: string;
  readonly code: number;
  readonly isCommitted: boolean;
  readonly isMailed: boolean;
  /** Where the fault is told; null: nowhere, there is no other place. */
  readonly toldIn: 'log' | null;
  /** Why the run itself ended well although something was not written. */
  readonly isAnswered: boolean;
}

const outputs: Readonly<Record<string, Output>> = {
  log: { path: 'log.txt', code: 0, isCommitted: true, isMailed: true, toldIn: null, isAnswered: true },
  answer: {
    path: 'answer.txt',
    code: 4,
    isCommitted: true,
    isMailed: true,
    toldIn: 'log',
    isAnswered: false,
  },
  'temporary folder': {
    path: 'tmp/',
    code: 4,
    isCommitted: false,
    isMailed: false,
    toldIn: 'log',
    isAnswered: false,
  },
  archive: {
    path: 'reports/',
    code: 4,
    isCommitted: false,
    isMailed: false,
    toldIn: 'log',
    isAnswered: false,
  },
  outbox: { path: 'outbox/', code: 4, isCommitted: true, isMailed: false, toldIn: 'log', isAnswered: true },
  'delivery ledger': {
    path: 'reports/',
    once: `${day}/r1/delivery-1.claim.json`,
    code: 4,
    isCommitted: true,
    isMailed: false,
    toldIn: 'log',
    isAnswered: true,
  },
};

const rows = Object.entries(outputs).flatMap(([name, output]) =>
  ['ENOSPC', 'EIO', 'EPIPE'].map((code) => [name, code, output] as const),
);

describe('an output that cannot be written', () => {
  it.each(rows)('%s: %s', async (name, fault, output) => {
    const project = await Project.create({
      'events/a.ndjson': ndjson([databaseEvent('end', `${date}T02:00:00Z`)]),
    });
    try {
      const failed = await runWith(project, {
        FAIL_BELOW: join(project.directory, output.path),
        FAIL_CODE: fault,
        FAIL_ONCE_THERE: output.once === undefined ? '' : join(project.directory, output.once),
      });
      // A reader who has closed the pipe has what it wants.
      const code = name === 'answer' && fault === 'EPIPE' ? 0 : output.code;
      const isTold = code !== 0 && output.toldIn !== null;
      const mails = async () => (await project.list('outbox')).filter((each) => each.endsWith('.eml'));
      expect({
        code: failed.code,
        isCommitted: (await project.list(`${day}/r1`)).includes('manifest.json'),
        isMailed: (await mails()).length > 0,
        isAnswered: failed.answer.includes('revision 1'),
        isTold: failed.log.includes(fault),
        hasStack: /\n\s+at /.test(failed.log),
        left: await project.list('tmp'),
      }).toEqual({
        code,
        isCommitted: output.isCommitted,
        isMailed: output.isMailed,
        isAnswered: output.isAnswered,
        isTold,
        hasStack: false,
        left: [],
      });

      const again = await runWith(project, {});
      expect(again.code).toBe(0);
      expect(await mails()).toHaveLength(1);
      expect(again.answer).toContain('COMPL');
    } finally {
      await project.remove();
    }
  });
});
