import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditRecord } from '../support/audit-records.js';
import { type CliResult, Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';

/* A plan of tenancy changes through the commands, as a stranger has it; test/slow/every-kind.test.ts is longer. */

const date = '2026-11-19';
const atNoon = (operation: string, verb: string): object =>
  auditRecord({ time: `${date}T12:00:00.000Z`, operation, verb });

let project: Project;

const command = (...args: readonly string[]): Promise<CliResult> =>
  mainHere([...args, '--log-level', 'error'], project.directory, { SOURCE_DATE_EPOCH: '1795600000' });

beforeAll(async () => {
  const records = [atNoon('CreateBucket', 'POST'), atNoon('ListBuckets', 'GET')];
  project = await Project.create(
    { 'events/a.ndjson': ndjson(records) },
    `report: tenancy-changes\n${defaultConfiguration}`,
  );
});

afterAll(() => project.remove());

const answerOf = ({ code, stdout }: CliResult): unknown => ({ code, ...JSON.parse(stdout) });

describe('a plan of tenancy changes', () => {
  it('is unchanged by a second run, and revised by a change that takes a protection away', async () => {
    for (const kind of ['committed', 'unchanged']) {
      expect(answerOf(await command('run', '--date', date, '--json'))).toMatchObject({
        code: 0,
        kind,
        revision: 1,
        totals: { changes: 1, reads: 1 },
      });
    }
    await project.write('events/late.ndjson', ndjson([atNoon('DeleteRetentionRule', 'DELETE')]));
    const revised = await command('run', '--date', date, '--json', '--fail-on', 'non-compliant');
    expect(answerOf(revised)).toMatchObject({
      code: 5,
      revision: 2,
      totals: { changes: 2, removedProtection: 1 },
    });
  });

  it('is verified, and made again with the same bytes, each revision', async () => {
    const { code, stdout } = await command('verify', '--rebuild');
    expect([code, stdout]).toEqual([0, expect.stringContaining('2 revisions, 2 with the same bytes')]);
  });

  it('is sent again, shown, and explained', async () => {
    expect((await command('resend', '--date', date)).code).toBe(0);
    const { code, stdout } = await command('status', '--from', date, '--to', date);
    expect([code, stdout]).toEqual([0, expect.stringContaining('1 to be attended to, 1 revised')]);
    const explained = await command('explain', '--report', 'tenancy-changes', 'events/late.ndjson');
    expect(explained.stdout).toContain('DeleteRetentionRule, deleted, touches backups: succeeded (200)');
  });
});
