import { createHash } from 'node:crypto';
import type { DailyReport } from '../model/daily-report.js';

/** A request id is unique to one call: the same fault has a different one each time. */
const requestId = / \(opc-request-id [^)]*\)/g;

/**
 * Digest of what a report asserts: verdicts, jobs, incidents, completeness. It ignores when and by which version the
 * report was made, and from how many records: a rerun that reads a few more unrelated records changes nothing. It also
 * ignores the history of earlier days (the trend, the outcome strips): a late event on Monday changes Monday's report,
 * not Tuesday's or Wednesday's.
 *
 * @param jobsSha256 digest of jobs.ndjson.gz
 */
export function contentDigest(report: DailyReport, jobsSha256: string): string {
  const { plan, reportDay, status, statusReasons, totals, controls, resources, incidents, jobTotals } =
    report;
  const { rejectedRecords, unrecognisedTypes, notInInventory, excludedResources, formerResources } = report;
  const { changes, waivers, findings, followUp, policies } = report;
  const hash = createHash('sha256');
  const verdicts = { totals, controls, incidents, jobTotals, jobsSha256 };
  const reasons = statusReasons.map((reason) => reason.replace(requestId, ''));
  const completeness = { status, statusReasons: reasons, rejectedRecords, unrecognisedTypes, notInInventory };
  const followed = {
    changes,
    waivers,
    findings,
    followUp,
    policies,
    excludedResources,
    formerResources,
  };
  hash.update(JSON.stringify({ plan, reportDay, ...verdicts, ...completeness, ...followed }));
  // One at a time: the resources of a large estate are tens of megabytes of text.
  for (const { recentOutcomes: _, ...resource } of resources) hash.update(`\n${JSON.stringify(resource)}`);
  return hash.digest('hex');
}
