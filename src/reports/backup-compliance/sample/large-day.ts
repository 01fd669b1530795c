import type { PageLimits } from '../../../model/page-limits.js';
import type { DailyReport } from '../model/daily-report.js';
import { everythingDay } from './everything-day.js';
import * as lists from './sample-lists.js';
import { sampleResource, sampleTotals, sampleWaiver, withoutAgeLimit } from './sample-resources.js';
import { sampleRecords, sampleSources } from '../../sample/sample-sources.js';
import { many, sampleTime } from '../../sample/sample-values.js';

/** Below the usual ones, so that the day is more than a page shows, and is rendered in a second all the same. */
export const largeDayLimits: PageLimits = { exceptions: 20, rows: 30, listed: 40 };

/** More than page and mail show of anything: beyond the limits of the page, and beyond the cap of its other lists, 500. */
const most = 60;
const beyondCap = 510;
/** A card of a group lists 100. */
const ofOneCause = 110;

/** More of everything than is shown, and totals that do not balance, which a report says in so many words. */
export function largeDay(): DailyReport {
  const resources = largeEstate();
  const counted = sampleTotals(resources, 2);
  const records = { ...sampleRecords, read: 47, rejected: 200 };
  const types = many(beyondCap, (index) => ({ eventType: `com.example.type${index}`, events: 1 }));
  return {
    ...everythingDay(),
    slice: null,
    statusReasons: [],
    totals: { ...counted, expected: counted.expected + 1 },
    resources,
    incidents: lists.sampleIncidents(most),
    changes: lists.sampleChanges(most),
    policies: lists.samplePolicies(beyondCap),
    followUp: lists.sampleFollowUp(beyondCap),
    waivers: lists.sampleWaivers(beyondCap),
    findings: lists.sampleFindings(beyondCap),
    notInInventory: lists.sampleUnjudged(beyondCap),
    excludedResources: lists.sampleUnjudged(beyondCap),
    formerResources: lists.sampleFormer(beyondCap),
    runningAttempts: lists.sampleRunning(beyondCap),
    unrecognisedTypes: types,
    ignoredTypes: types.map((type) => ({ ...type, names: null })),
    sources: sampleSources(140).map((source) => ({
      ...source,
      controlTotals: records,
      ...(source.inputs === undefined ? {} : { inputs: { ...source.inputs, found: 1 } }),
    })),
    controlTotals: records,
    routing: { slices: [{ name: 'database team', resources: 12 }], unrouted: 3 },
    previousReport: {
      date: '2026-11-16',
      status: 'INCOMPLETE',
      contentDigest: '0'.repeat(64),
      bridgedDays: ['2026-11-17'],
    },
  };
}

/** Many of one cause, many of a cause of their own each, many accepted, many good ones with something to be said. */
function largeEstate(): DailyReport['resources'] {
  const fileSystem = { resourceType: 'file-system', openIncident: null };
  return [
    ...many(ofOneCause, (index) => {
      const resource = sampleResource(index + 1000, { resourceType: 'file-system' });
      return index % 2 === 0 ? resource : withoutAgeLimit(resource);
    }),
    ...many(most, (index) => ({
      ...sampleResource(index, { resourceType: 'file-system', lastFailure: failure(index) }),
      ...fileSystem,
    })),
    ...many(most, (index) =>
      sampleResource(index + 2000, { waiver: sampleWaiver(null), resourceType: 'file-system' }),
    ),
    ...many(75, (index) => sampleResource(index + 4000, { compliance: 'COMPLIANT', outcome: 'SUCCEEDED' })),
  ];
}

function failure(index: number): NonNullable<DailyReport['resources'][number]['lastFailure']> {
  return {
    time: sampleTime,
    // A cause of its own each: no digits, which a message may differ in and still be the same.
    message: `It stopped for ${[...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}.`,
  };
}
