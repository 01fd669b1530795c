import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Project, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const run = 'run --date 2026-11-19 --log-level warn';

let project: Project;

beforeAll(async () => {
  project = await Project.create({
    'events/a.ndjson': ndjson([databaseEvent('end', '2026-11-19T02:00:00Z', { id: 'a' })]),
  });
  await project.run('2026-11-19');
});

afterAll(() => project.remove());

/** A line of bash, in which `report` is the program; `code` is written at its end, where nothing is closed. */
function shell(line: string): Promise<{ readonly code: string; readonly said: string }> {
  const script = `report() { "${process.execPath}" "${main}" "$@"; }; exec 9>&1; ${line}`;
  const environment = { PATH: process.env['PATH'], SOURCE_DATE_EPOCH: '1795600000' };
  return new Promise((resolve, reject) => {
    execFile(
      'bash',
      ['-c', script],
      { cwd: project.directory, env: environment },
      (error, stdout, stderr) => {
        const [code] = /code=\d+/.exec(stdout) ?? [];
        if (code === undefined) reject(error ?? new Error(stderr));
        else resolve({ code: code.slice(5), said: stdout + stderr });
      },
    );
  });
}

const told = 'the answer could not be written to standard output: no space left on the device (ENOSPC)';

describe('a shell that', () => {
  it.each<readonly [what: string, line: string, code: string, said: string]>([
    ['closes the answer', `report ${run} >&-; echo code=$? >&9`, '0', ''],
    ['closes the log', `report ${run} 2>&-; echo code=$? >&9`, '0', 'revision 1'],
    ['closes both, and the input', `report ${run} <&- >&- 2>&-; echo code=$? >&9`, '0', ''],
    ['has a full disk for the answer', `report ${run} >/dev/full; echo code=$? >&9`, '4', told],
    ['has a full disk for the log', `report ${run} 2>/dev/full; echo code=$? >&9`, '0', 'revision 1'],
    ['has a full disk for both', `report ${run} >/dev/full 2>/dev/full; echo code=$? >&9`, '4', ''],
    ['reads one line', `report ${run} | head -1; echo code=\${PIPESTATUS[0]} >&9`, '0', 'daily  2026-11-19'],
    ['reads nothing', `report ${run} | true; echo code=\${PIPESTATUS[0]} >&9`, '0', ''],
    ['asks for the version', 'report --version; echo code=$? >&9', '0', 'oci-backup-reporter'],
    ['has a full disk for the version', 'report --version >/dev/full; echo code=$? >&9', '4', told],
    ['has a full disk for the help', 'report --help >/dev/full; echo code=$? >&9', '4', told],
    [
      'reads a line of the help',
      'report --help | head -1; echo code=${PIPESTATUS[0]} >&9',
      '0',
      'Usage: backup-report',
    ],
    [
      'stands where no folder is any more',
      `mkdir gone; cd gone; rmdir ../gone; report ${run}; echo code=$? >&9`,
      '2',
      'the folder in which this command was called does not exist any more',
    ],
  ])('%s', async (_what, line, code, said) => {
    const ended = await shell(line);
    expect(ended.code).toBe(code);
    expect(ended.said).toContain(said);
    expect(ended.said).not.toMatch(/^ +at |unexpected error|node:internal/m);
  });
});
