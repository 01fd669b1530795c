import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { explainResourceOfDay } from '../../src/cli/explain-resource.js';
import { type CliResult, Project, ndjson } from '../support/cli.js';
import { backupOf } from '../support/named-databases.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';

const date = '2026-11-19';

/** A backup event whose details are this text. */
function backupWith(details: string): string {
  const event = JSON.stringify(databaseEvent('end', `${date}T04:00:00Z`));
  return event.replace(/"additionalDetails":\{[^}]*\}/, `"additionalDetails":${details}`);
}

/** ERPPRD fails with a reason and is told twice; HR_PRD is well; one line cannot be read. */
describe('explain --resource', () => {
  let project: Project;

  beforeAll(async () => {
    const failed = databaseEvent('end', `${date}T03:04:17.102Z`, {
      id: 'failure-1',
      resourceId: 'ocid1.dbbackup.oc1.iad.erp1',
      details: {
        timeCreated: `${date}T03:00:17.102Z`,
        lifecycleState: 'FAILED',
        lifecycleDetails: 'the destination refused the write',
      },
    });
    project = await Project.create({
      'events/a.ndjson': ndjson([failed, backupOf('HR_PRD', { state: 'ACTIVE' })]),
      'events/b.ndjson': `${JSON.stringify(failed)}\nno JSON\n`,
    });
    await runPlainly(project.directory, date);
  });
  afterAll(() => project.remove());

  function explain(resource: string, more: { json?: boolean; date?: string } = {}): Promise<CliResult> {
    const config = join(project.directory, 'backup-report.yaml');
    return captured((output) =>
      explainResourceOfDay({ config, resource, date, logLevel: 'silent', ...more }, output),
    );
  }

  it('goes from the verdict over controls and job to the records, and says what could not be read', async () => {
    const { stdout, code } = await explain('OCID1.database.oc1.iad.ERPPRD');
    const lines = stdout.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, ' '));
    expect(lines).toContain('outcome FAILED');
    expect(lines).toContain('verdict NON_COMPLIANT');
    expect(lines.find((line) => line.startsWith('policy'))).toContain('default');
    expect(lines.find((line) => line.includes('backup-succeeded'))).toMatch(/^NON_COMPLIANT /);
    expect(stdout).toContain(
      'FAILED  backup, Incremental, 2026-11-19T03:00:17.102Z to 2026-11-19T03:04:17.102Z: the destination refused the write',
    );
    expect(lines).toContain(
      '1 used 2026-11-19T03:04:17.102Z end of a backup: FAILED, the destination refused the write events/a.ndjson:1',
    );
    expect(lines).toContain(
      '3 duplicate 2026-11-19T03:04:17.102Z end of a backup: FAILED, the destination refused the write events/b.ndjson:1',
    );
    expect(lines).toContain('1 record of the day could not be read: any may be about it');
    expect(stdout).not.toContain('HR_PRD');
    // The report itself is INCOMPLETE.
    expect(code).toBe(3);
  });

  it('passes over rejected records, in whose text a field stands twice, there or in text within it', async () => {
    const twice = '{"lifecycleState":"ACTIVE","lifecycleState":"FAILED"}';
    const other = await Project.create({
      'events/a.ndjson': `${ndjson([backupOf('HR_PRD', { state: 'ACTIVE' })])}${backupWith(twice)}\n${backupWith(JSON.stringify(twice))}\n`,
    });
    try {
      await runPlainly(other.directory, date);
      const config = join(other.directory, 'backup-report.yaml');
      const { code, stdout, stderr } = await captured((output) =>
        explainResourceOfDay({ config, resource: 'HR_PRD', date, logLevel: 'silent' }, output),
      );
      expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
      expect(stdout).toContain('2 records of the day could not be read');
    } finally {
      await other.remove();
    }
  });

  it('gives the same to a program', async () => {
    const { stdout } = await explain('HR_PRD', { json: true });
    const answer: unknown = JSON.parse(stdout);
    expect(answer).toMatchObject({
      plan: 'daily',
      date,
      revision: 1,
      status: 'INCOMPLETE',
      rejected: 1,
      resource: { resourceName: 'HR_PRD', outcome: 'SUCCEEDED', compliance: 'COMPLIANT' },
      policy: { name: 'default' },
      jobs: [{ status: 'SUCCEEDED' }],
      records: [{ record: 2, disposition: 'used', place: 'events/a.ndjson:2' }],
    });
  });

  it('names those that may be meant, and the days that are there', async () => {
    const near = await explain('_PRD');
    expect(near).toMatchObject({ code: 2, stdout: '' });
    expect(near.stderr).toContain('Do you mean HR_PRD (');
    const nothing = await explain('nobody');
    expect(nothing.stderr).toContain('Give its OCID or its name');
    const noDay = await explain('HR_PRD', { date: '2026-11-01' });
    expect(noDay).toMatchObject({ code: 2 });
    expect(noDay.stderr).toContain('backup-report run --date 2026-11-01');
  });
});
