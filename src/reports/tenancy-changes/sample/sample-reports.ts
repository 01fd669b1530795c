import { parseInstant } from '../../../base/instants.js';
import { sampleHead } from '../../sample/sample-head.js';
import { sampleRecords, sampleSources } from '../../sample/sample-sources.js';
import { many, sampleCutOff, sampleDate, sampleStart } from '../../sample/sample-values.js';
import type { Whole } from '../../sample/whole.js';
import { countChanges } from '../facts/count-changes.js';
import type { Change } from '../model/change.js';
import type { TenancyReport } from '../model/tenancy-report.js';

type Uncounted = Pick<
  Whole<TenancyReport>,
  'rejectedRecords' | 'findings' | 'firstSeen' | 'readOperations' | 'previousReport' | 'principalsKnownSince'
> &
  Pick<TenancyReport, 'sources' | 'controlTotals' | 'statusReasons'>;

/** A report of these changes, with what is not counted of them. It adds up as a real one does. */
export function tenancyReportOf(changes: readonly Change[], uncounted: Uncounted): TenancyReport {
  const startMs = parseInstant(sampleStart) ?? 0;
  const cutOffMs = parseInstant(sampleCutOff) ?? 0;
  const {
    byPrincipal: _byPrincipal,
    lists,
    totals,
    ...tables
  } = countChanges(changes, { startMs, cutOffMs });
  const { firstSeen, readOperations, statusReasons } = uncounted;
  return {
    ...sampleHead(statusReasons.length === 0 ? 'COMPLETE' : 'INCOMPLETE'),
    kind: 'tenancy-changes',
    ...uncounted,
    totals: {
      ...totals,
      reads: readOperations.reduce((sum, { reads }) => sum + reads, 0),
      firstSeen: firstSeen.principals?.length ?? null,
    },
    ...lists,
    ...tables,
    knownSince: sampleStart,
  };
}

/** Everything was read, and nothing is to be said. */
export const quietTenancy: Uncounted = {
  sources: [],
  controlTotals: { read: 0, used: 0, duplicate: 0, outside: 0, ignored: 0, rejected: 0 },
  statusReasons: [],
  rejectedRecords: [],
  findings: [],
  firstSeen: { knownDays: 2, principals: null },
  readOperations: [],
  previousReport: null,
  principalsKnownSince: null,
};

/** @param number of each, and of reasons why not everything was read */
export function livelyTenancy(number: number): Uncounted {
  return {
    sources: sampleSources(number),
    controlTotals: sampleRecords,
    statusReasons: many(number, (index) => `1:local-files: file ${index} could not be read.`),
    rejectedRecords: many(3, (index) => ({
      reason: 'not JSON',
      excerpt: '{"eventType": "com.or',
      sha256: String(index).repeat(64),
    })),
    findings: many(number, (index) => ({
      kind: 'change-given-up',
      subject: `web-${index}`,
      words: `LaunchInstance of web-${index} never ended.`,
    })),
    firstSeen: {
      knownDays: 40,
      principals: many(number, (index) => ({
        id: `ocid1.user.oc1..new${index}`,
        name: index % 2 === 0 ? `new-${index}@example.com` : null,
        changes: index,
      })),
    },
    readOperations: [
      ...many(number, (index) => ({
        service: 'ComputeApi',
        eventName: `ListThings${index}`,
        verb: 'GET',
        reads: 40 - index,
      })),
      { service: '', eventName: '', verb: '', reads: 3 },
    ],
    previousReport: {
      date: '2026-11-17',
      status: 'INCOMPLETE',
      contentDigest: '0'.repeat(64),
      bridgedDays: ['2026-11-18'],
    },
    principalsKnownSince: sampleDate,
  };
}
