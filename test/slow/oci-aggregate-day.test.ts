import { beforeAll, describe, expect, it } from 'vitest';
import { describeAggregate } from '../support/aggregate-contract.js';
import { type AggregateRun, backup, estate, runWith, saidBy } from '../support/aggregate-runs.js';
import {
  logSource as logSourceColumn,
  originalContent,
  parsedColumns,
  timeColumn,
} from '../support/oci/backup-event-columns.js';
import { asDocumented, serviceProfiles, wholeSeconds } from '../support/oci/service-profiles.js';
import { sliceOf } from '../support/share-of.js';

const date = '2026-11-19';

// oci-aggregate has the other services, and more backups. A service gives 500 groups of a slice.
for (const [name, profile] of serviceProfiles.slice(0, 1)) {
  describeAggregate(name, profile, { slices: 600, together: 600 });
}

describe('aggregate: server', () => {
  /** Every record read, of the same events: made once. */
  let readWhole: AggregateRun;

  beforeAll(async () => {
    readWhole = await runWith('none', estate());
  });

  it('says on the report and in the manifest that pairs were read', async () => {
    const { report, manifest } = await runWith('server', estate());
    expect(report.sources[0]?.request).toContain('database backups paired by the service');
    expect(report.sources[0]?.request).toContain('| link databaseId, timeCreated |');
    expect(manifest).toContain('"mode": "pairs"');
  });

  it('reads every record where begins and ends would not find each other', async () => {
    const [begin, end] = backup(50, `${date}T06:00:00Z`, 10);
    delete (begin.data['additionalDetails'] as Record<string, unknown>)['timeCreated'];
    const events = [...estate(), begin, end];
    const [whole, paired] = [await runWith('none', events), await runWith('server', events)];
    expect(paired.report.resources).toEqual(whole.report.resources);
    expect(paired.manifest).toContain('"readsByPairs": false');
  });

  it('reads more pairs in one second than the service gives', async () => {
    const events = Array.from({ length: 510 }, (_, index) => backup(index, `${date}T06:00:00Z`, 10)).flat();
    const { code, report, manifest } = await runWith('server', events, wholeSeconds);
    expect([code, report.statusReasons]).toEqual([0, []]);
    expect(report.jobTotals).toMatchObject({ total: 510, byStatus: { SUCCEEDED: 510 } });
    expect(manifest).toContain('"readsByPairs": true');
  });

  it('finds out that a service gives fewer groups than documented', async () => {
    const profile = { logAnalytics: { ...asDocumented.logAnalytics, linkGroups: 20 } };
    const paired = await runWith('server', estate(), profile);
    expect(saidBy(paired)).toEqual(saidBy(readWhole));
    expect(paired.manifest).toContain('"readsByPairs": true');
  });

  const columns = [logSourceColumn, originalContent, timeColumn, ...parsedColumns].map(
    ({ displayName }) => displayName,
  );
  const named = ['databaseId', 'timeCreated', 'LifecycleState', 'Event Type', 'DBUniqueName', 'volumeName'];

  it.each(sliceOf(named))('gives the same report where the tenancy lacks %s', async (missing) => {
    const profile = { logAnalytics: { columns: columns.filter((name) => name !== missing) } };
    const paired = await runWith('server', estate(), profile);
    expect(saidBy(paired)).toEqual(saidBy(readWhole));
  });
});
