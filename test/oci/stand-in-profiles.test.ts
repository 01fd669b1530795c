import { afterEach, describe, expect, it } from 'vitest';
import { openRunner } from '../../src/sources/log-analytics/open-runner.js';
import type { QueryRunner } from '../../src/sources/log-analytics/query-runner.js';
import { OciCallError } from '../../src/oci/oci-error.js';
import { serviceProfileSchema } from '../../src/oci/service-profile.js';
import { connectTo } from '../support/oci-connection.js';
import { logSource } from '../support/oci-project.js';
import {
  type StandInProfile,
  asDocumented,
  meagre,
  serviceProfiles,
  wholeSeconds,
} from '../support/oci/service-profiles.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';
import { addLogEvents, readWindow } from '../support/read-log-analytics.js';

let standIn: StandIn;

afterEach(() => standIn.close());

async function start(profile: StandInProfile): Promise<QueryRunner> {
  standIn = await startStandIn({ profile });
  return openRunner(await connectTo(standIn), {
    endpoint: standIn.url,
    namespace: standIn.namespace,
    compartmentId: 'ocid1.compartment.oc1..prod',
    includeSubcompartments: true,
    logSource,
    ingestionDelayMs: 0,
    exportAbove: 0,
    parallel: 1,
    pollMs: 1,
  });
}

const slice = { fromMs: readWindow.fromMs, toMs: readWindow.fromMs + 1000 };
const all = `'Log Source' = '${logSource}'`;

describe('the stand-in takes a profile:', () => {
  it.each(serviceProfiles)('%s is one that a configuration may have', async (_name, { logAnalytics }) => {
    await start({});
    expect(serviceProfileSchema.parse({ logAnalytics })).toEqual({ logAnalytics });
  });

  it.each([
    ['asDocumented', asDocumented, 2],
    ['meagre', meagre, 3],
    ['wholeSeconds', wholeSeconds, 4],
  ] as const)('what the end of a window means: %s', async (_name, profile, count) => {
    const runner = await start(profile);
    const offsets = [0, 999, 1000, 1999, 2000];
    addLogEvents(standIn, offsets.length, (index) => slice.fromMs + (offsets[index] ?? 0));
    expect(await runner.count(`${all} | stats count as records`, slice)).toBe(count);
  });

  it.each([
    ['asDocumented', asDocumented, 400],
    ['wholeSeconds', wholeSeconds, 400],
    ['meagre', meagre, 200],
  ] as const)('whether min takes text: %s', async (_name, profile, status) => {
    const runner = await start(profile);
    const query = `${all} | link databaseId | stats min('Event Start Time') as First`;
    const answered = await runner.run(query, slice).then(
      () => 200,
      (error: unknown) => (error instanceof OciCallError ? error.status : error),
    );
    expect(answered).toBe(status);
  });

  it.each([
    ['asDocumented', asDocumented, 'databaseservice'],
    ['wholeSeconds', wholeSeconds, ['databaseservice']],
  ] as const)('what unique gives, and that link stops at its groups: %s', async (_name, profile, value) => {
    const runner = await start({ logAnalytics: { ...profile.logAnalytics, linkGroups: 2 } });
    addLogEvents(standIn, 3, (index) => slice.fromMs + index);
    const query = `${all} | link 'Event ID' | stats unique(Datasource) as Of, earliest(Time) as First, latest(Time) as Last`;
    const { rows, doubt } = await runner.run(query, slice);
    expect([rows.length, doubt]).toEqual([2, null]);
    expect(JSON.stringify(rows[0]?.['Of']).toLowerCase()).toContain(JSON.stringify(value).toLowerCase());
    expect(rows.map(({ First }) => First)).toEqual([slice.fromMs, slice.fromMs + 1]);
  });

  it('every seventh answer of the meagre one is partial', async () => {
    const runner = await start(meagre);
    addLogEvents(standIn, 1, () => slice.fromMs);
    const doubts: boolean[] = [];
    for (let query = 0; query < 14; query += 1) doubts.push((await runner.run(all, slice)).doubt !== null);
    expect(doubts.flatMap((doubt, index) => (doubt ? [index] : []))).toEqual([6, 13]);
  });
});
