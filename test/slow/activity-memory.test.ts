import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { Project, runCli } from '../support/cli.js';
import { asCommandLine, dataSafeEvent } from '../support/data-safe-events.js';

/* A whole run over the file that the command line of Data Safe writes, measured in its own process. */

const date = '2026-11-18';
const startMs = Date.parse(`${date}T00:00:00Z`);
const [records, copies, outside] = [250_000, 1000, 500];
/** The large backup day, of half a million jobs, takes a gigabyte (docs/performance.md). */
const largeDayKilobytes = 1_000_000;

/** A module that says at the end how much memory the process took. */
const sayingPeak = `data:text/javascript,${encodeURIComponent(
  'process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))',
)}`;

let project: Project;

afterEach(() => project.remove());

/** The last ones are the first ones again, and those before them are of the day after. */
function lineOf(number: number): string {
  const at = number >= records - copies ? number - (records - copies) : number;
  const isOutside = at < records - copies && at >= records - copies - outside;
  const timeMs = startMs + (isOutside ? 86_400_000 : 0) + ((at * 337) % 86_400_000);
  const operations = ['LOGON', 'SELECT', 'GRANT', 'UPDATE', 'DROP TABLE'];
  return JSON.stringify(
    asCommandLine(
      dataSafeEvent({
        id: `ocid1.datasafeauditevent.oc1.iad.${String(at).padStart(60, 'a')}`,
        auditEventTime: new Date(timeMs).toISOString(),
        timeCollected: new Date(timeMs + 600_000).toISOString(),
        dbUserName: `USER_${at % 500}`,
        targetId: `ocid1.datasafetargetdatabase.oc1..t${at % 40}`,
        targetName: `erp-${at % 40}`,
        operation: operations[at % operations.length],
        operationStatus: at % 100 === 0 ? 'FAILURE' : 'SUCCESS',
        commandText: `select ${at} from orders`,
      }),
    ),
  );
}

describe('250,000 audit events of Data Safe a day', () => {
  it('balance, and fit the memory of the large backup day as a whole run with page and workbook', async () => {
    project = await Project.create({});
    const each = 50_000;
    for (let from = 0; from < records; from += each) {
      const lines = Array.from({ length: each }, (_, at) => lineOf(from + at));
      await project.write(`events/part-${from}.ndjson.gz`, gzipSync(lines.join('\n'), { level: 1 }));
    }
    await project.write(
      'backup-report.yaml',
      `report: database-activity
plan: daily
timezone: UTC
sources: [{ type: local-files, paths: [./events] }]
archive: { type: file-system, directory: ./reports }
`,
    );
    const { code, stdout, stderr } = await runCli(['run', '--date', date, '--json', '--log-level', 'warn'], {
      cwd: project.directory,
      env: { NODE_OPTIONS: `--import=${sayingPeak}` },
    });
    expect([code, stderr.split('\n')[0]]).toEqual([0, expect.stringMatching(/^peak /)]);
    const used = records - copies - outside;
    expect(JSON.parse(stdout)).toMatchObject({ status: 'COMPLETE', totals: { records: used } });
    const path = `${project.directory}/reports/daily/2026/11/18/r1/report.json`;
    const { controlTotals } = JSON.parse(await readFile(path, 'utf8'));
    expect(controlTotals).toEqual({
      read: records,
      used,
      duplicate: copies,
      outside,
      ignored: 0,
      rejected: 0,
    });
    const peak = Number(/peak (\d+)/.exec(stderr)?.[1]);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(largeDayKilobytes);
  });
});
