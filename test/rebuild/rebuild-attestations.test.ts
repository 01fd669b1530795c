import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { attestIn } from '../support/attestations.js';
import { databaseEvent, restartIds } from '../support/raw-event.js';
import { RebuildProject, linesOf } from '../support/rebuild-project.js';

const configuration = `plan: daily
timezone: UTC
sources: [{ type: local-files, name: exports, paths: ["./events/*"] }]
policies: [{ name: production, match: {}, maxRestoreAge: 90d }]
archive: { type: file-system, directory: ./archive }
`;

let project: RebuildProject;

beforeEach(async () => {
  restartIds();
  const days = ['2026-11-18', '2026-11-19', '2026-11-20'];
  const events = days.map((day) =>
    databaseEvent('end', `${day}T05:00:00Z`, { resourceId: `ocid1.dbbackup.oc1.iad.${day}` }),
  );
  project = await RebuildProject.create({
    'backup-report.yaml': configuration,
    'events/a.ndjson': linesOf(events),
  });
});
afterEach(() => project.remove());

async function made(date: string) {
  const { report, kind, revision } = await project.make(date);
  const { resources, findings } = report as unknown as DailyReport;
  const [resource] = resources;
  const control = resource?.controls['restore-tested'];
  const badDays = resource?.consecutiveBadDays;
  return { kind, revision, id: resource?.resourceId ?? '', control, badDays, findings };
}

const outcomes = async (...dates: readonly string[]) =>
  (await project.rebuild(dates)).map(({ date, revision, outcome, reason }) => [
    date,
    revision,
    outcome,
    reason,
  ]);

describe('a restore test that was attested', () => {
  it('counts for days that end after it was attested, and each day is made again to the same bytes', async () => {
    const before = await made('2026-11-18');
    expect(before.control?.verdict).toBe('UNKNOWN');
    const subject = { resourceId: before.id, resourceName: 'ERPPRD' };
    const attested = { attestedAt: '2026-11-19T09:00:00.000Z' };
    await attestIn(project.archive, { subject }, attested);
    expect(await made('2026-11-18')).toMatchObject({ kind: 'unchanged' });
    const after = await made('2026-11-19');
    expect(after.control).toMatchObject({
      verdict: 'COMPLIANT',
      reason: expect.stringContaining('attested by Jane Doe, CHG-1, not signed'),
    });
    await attestIn(
      project.archive,
      { subject, result: 'failed', ticket: 'CHG-2', testedAt: '2026-11-19T10:00:00.000Z' },
      { attestedAt: '2026-11-20T09:00:00.000Z' },
    );
    expect(await made('2026-11-19')).toMatchObject({ kind: 'unchanged' });
    const failed = await made('2026-11-20');
    expect(failed.control?.verdict).toBe('NON_COMPLIANT');
    expect(failed.findings).toMatchObject([{ kind: 'restore-test-failed' }]);
    expect(await outcomes('2026-11-18', '2026-11-19', '2026-11-20')).toEqual([
      ['2026-11-18', 1, 'same-bytes', null],
      ['2026-11-19', 1, 'same-bytes', null],
      ['2026-11-20', 1, 'same-bytes', null],
    ]);
  });

  it('counts for a bridged day as that day knew it', async () => {
    const { id } = await made('2026-11-18');
    const subject = { resourceId: id, resourceName: 'ERPPRD' };
    await attestIn(
      project.archive,
      { subject, result: 'failed' },
      { attestedAt: '2026-11-19T09:00:00.000Z' },
    );
    await attestIn(
      project.archive,
      { subject, testedAt: '2026-11-20T08:00:00.000Z' },
      { attestedAt: '2026-11-20T09:00:00.000Z' },
    );
    expect((await made('2026-11-20')).control?.verdict).toBe('COMPLIANT');
    expect(await outcomes('2026-11-20')).toEqual([['2026-11-20', 1, 'same-bytes', null]]);
  });

  it('makes a bridged day no worse by what was attested later', async () => {
    const { id } = await made('2026-11-18');
    const subject = { resourceId: id, resourceName: 'ERPPRD' };
    await attestIn(project.archive, { subject }, { attestedAt: '2026-11-19T09:00:00.000Z' });
    await attestIn(
      project.archive,
      { subject, result: 'failed', testedAt: '2026-11-19T10:00:00.000Z' },
      { attestedAt: '2026-11-20T09:00:00.000Z' },
    );
    expect(await made('2026-11-20')).toMatchObject({ control: { verdict: 'NON_COMPLIANT' }, badDays: 1 });
    expect(await outcomes('2026-11-20')).toEqual([['2026-11-20', 1, 'same-bytes', null]]);
  });

  it('does not count damaged, which is a finding, and the day is made again all the same', async () => {
    const { id } = await made('2026-11-18');
    const subject = { resourceId: id, resourceName: 'ERPPRD' };
    const { key, sha256 } = await attestIn(project.archive, { subject });
    await writeFile(join(project.directory, 'archive', key), '{"result":"passed"}');
    const after = await made('2026-11-19');
    expect(after.control?.verdict).toBe('UNKNOWN');
    expect(after.findings).toMatchObject([
      { kind: 'attestation-refused', subject: `attestations/${sha256}.json` },
    ]);
    expect(await outcomes('2026-11-19')).toEqual([['2026-11-19', 1, 'same-bytes', null]]);
  });
});
