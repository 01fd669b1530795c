import type { DailyReport } from '../model/daily-report.js';
import type { ResourceCompliance } from '../model/resource-compliance.js';
import { nothingDay } from './empty-days.js';
import { trendBefore } from './sample-lists.js';
import { sampleResource, sampleTotals, sampleWaiver } from './sample-resources.js';
import { sampleSources } from '../../sample/sample-sources.js';
import { many, sampleDate } from '../../sample/sample-values.js';

const good = { compliance: 'COMPLIANT', outcome: 'SUCCEEDED' } as const;

/** What is bad is accepted, nothing changed since the day before, and every file was read. */
export function acceptedDay(): DailyReport {
  const resources = [
    sampleResource(0, { waiver: sampleWaiver('CHG-1234') }),
    sampleResource(1, { ...good, findings: ['It was restored.', 'It was resized.'] }),
  ];
  const [source] = sampleSources(2);
  const inputs = { found: 7, read: 7, unreadable: 0, leftOut: 0, rules: [], notRead: [] };
  return {
    ...dayOf(resources),
    followUp: { comparedWith: '2026-11-18', newlyBad: [], resolved: [] },
    ignoredTypes: [{ eventType: 'com.example.other', events: 2, names: null }],
    furtherIgnored: 0,
    sources: source === undefined ? [] : [{ ...source, complete: true, reasons: [], inputs }],
  };
}

/**
 * All is well and nothing is accepted. Its backups are not told apart by type, as in reports of version 0.1; the last success
 * of the first ones is gone.
 */
export function allWellDay(): DailyReport {
  return dayOf(
    many(6, (index) => {
      const { byBackupType: _types, recoveryPoints, ...resource } = sampleResource(index, good);
      const left = index < 3 ? { newest: '2026-11-10T07:10:00.000Z' } : { newest: resource.lastSuccessTime };
      return { ...resource, recoveryPoints: { ...recoveryPoints, ...left } };
    }),
  );
}

function dayOf(resources: readonly ResourceCompliance[]): DailyReport {
  const totals = sampleTotals(resources, 0);
  return {
    ...nothingDay(),
    totals,
    resources,
    trend: [...trendBefore(totals), { date: sampleDate, status: 'COMPLETE', totals }],
  };
}
