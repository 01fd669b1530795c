import { newControlTotals } from '../../../model/control-totals.js';
import type { DailyReport } from '../model/daily-report.js';
import { controlNames } from '../model/verdict.js';
import { sampleHead } from '../../sample/sample-head.js';
import { sampleJobTotals } from './sample-job-totals.js';
import { trendBefore } from './sample-lists.js';
import { sampleTotals } from './sample-resources.js';
import { sampleDate, sampleStart } from '../../sample/sample-values.js';

/** The first day of all, on which nothing is expected and nothing was seen. */
export function nothingDay(): DailyReport {
  const totals = sampleTotals([], 0);
  const none = newControlTotals();
  return {
    ...sampleHead('COMPLETE'),
    statusReasons: [],
    slice: null,
    generatedDaysLater: 0,
    totals,
    controls: controlNames.map((control) => ({
      control,
      byVerdict: { COMPLIANT: 0, NON_COMPLIANT: 0, NOT_APPLICABLE: 0, UNKNOWN: 0 },
    })),
    policies: [],
    followUp: { comparedWith: null, newlyBad: [], resolved: [] },
    resources: [],
    incidents: [],
    jobTotals: sampleJobTotals(0),
    changes: [],
    waivers: [],
    findings: [],
    trend: [...trendBefore(null), { date: sampleDate, status: 'COMPLETE', totals }],
    sources: [],
    controlTotals: none,
    rejectedRecords: [],
    unrecognisedTypes: [],
    inventory: { type: 'file', description: 'inventory.csv' },
    notInInventory: [],
    excludedResources: [],
    formerResources: [],
    runningAttempts: [],
    knownSince: sampleStart,
    routing: null,
    previousReport: {
      date: '2026-11-18',
      status: 'COMPLETE',
      contentDigest: '0'.repeat(64),
      bridgedDays: [],
    },
  };
}

/** Nothing was seen, not everything was read, and nothing is known to have changed since the day before. */
export function unreadDay(): DailyReport {
  const followUp = { comparedWith: '2026-11-18', newlyBad: [], resolved: [] };
  return { ...nothingDay(), status: 'INCOMPLETE', followUp };
}
