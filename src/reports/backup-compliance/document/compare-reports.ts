import { z } from 'zod';
import { compareText } from '../../../base/text-order.js';
import type { Language } from '../../../model/language.js';
import type { RevisionChange } from '../../../model/manifest.js';
import { headFindingSchema } from '../../../model/report-head.js';
import { type DailyReport, dailyReportSchema } from '../model/daily-report.js';
import { incidentSchema } from '../model/incident.js';
import { parseReport } from '../model/parse-report.js';
import { jobTotalsSchema } from '../model/report-totals.js';
import { resourceComplianceSchema } from '../model/resource-compliance.js';
import { type Verdict, outcomeRank, outcomes, verdictRank } from '../model/verdict.js';

/**
 * The part of an archived report that is compared with a later revision; its version may have had other controls and
 * states.
 */
const comparableReport = dailyReportSchema.pick({ schemaVersion: true, status: true }).extend({
  resources: z.array(
    resourceComplianceSchema
      .pick({ resourceId: true, resourceName: true, outcome: true, compliance: true })
      .extend({ controls: z.record(z.string(), z.object({ verdict: z.string(), reason: z.string() })) }),
  ),
  incidents: z.array(
    incidentSchema
      .pick({ resourceId: true, resourceName: true, condition: true })
      .extend({ state: z.string() }),
  ),
  jobTotals: jobTotalsSchema.pick({ total: true }).extend({ byStatus: z.record(z.string(), z.number()) }),
  findings: z.array(headFindingSchema),
});

export type ComparableReport = z.infer<typeof comparableReport>;

/** null if the bytes are not a report that this version can read. */
export function parseComparable(bytes: Uint8Array): ComparableReport | null {
  const read = parseReport(bytes, comparableReport);
  return read.ok ? read.checked : null;
}

/**
 * What a later revision of the same day changes, most serious first: completeness, resources by their present state,
 * incidents, job counts, findings. Never empty: if none of these differs, it names the details.
 */
export function compareReports(
  before: ComparableReport,
  now: DailyReport,
  language: Language,
): readonly RevisionChange[] {
  const changes = [
    ...statusChange(before, now, language),
    ...resourceChanges(before, now, language),
    ...incidentChanges(before, now, language),
    ...jobChanges(before, now, language),
    ...findingChanges(before, now, language),
  ];
  if (changes.length > 0) return changes;
  return [
    {
      kind: 'other',
      subject: language.text('sentences.revision.details'),
      words: language.text('sentences.revision.detailsChanged'),
    },
  ];
}

function statusChange(before: ComparableReport, now: DailyReport, language: Language): RevisionChange[] {
  if (before.status === now.status) return [];
  return [
    {
      kind: 'status',
      subject: language.text('sentences.revision.status'),
      words: language.text('sentences.revision.turned', { before: before.status, now: now.status }),
    },
  ];
}

type Judged = Pick<DailyReport['resources'][number], 'outcome' | 'compliance' | 'resourceName'>;

function resourceChanges(before: ComparableReport, now: DailyReport, language: Language): RevisionChange[] {
  const earlier = new Map(before.resources.map((each) => [each.resourceId, each]));
  const found: { readonly rank: number; readonly change: RevisionChange }[] = [];
  const add = ({ outcome, compliance, resourceName }: Judged, words: string): void => {
    const rank = changeRank(compliance) * outcomes.length + outcomeRank(outcome);
    found.push({ rank, change: { kind: 'resource', subject: resourceName, words } });
  };
  for (const resource of now.resources) {
    const was = earlier.get(resource.resourceId);
    earlier.delete(resource.resourceId);
    const words = standingIn(resource, language);
    if (was === undefined) add(resource, language.text('sentences.revision.resourceNew', { now: words }));
    else if (was.outcome !== resource.outcome || was.compliance !== resource.compliance) {
      add(
        resource,
        language.text('sentences.revision.turned', { before: standingIn(was, language), now: words }),
      );
    } else {
      const reason = otherReason(was, resource);
      if (reason !== null) add(resource, language.text('sentences.revision.controls', { words: reason }));
    }
  }
  for (const gone of earlier.values())
    add(gone, language.text('sentences.revision.resourceGone', { before: standingIn(gone, language) }));
  return found
    .sort((a, b) => a.rank - b.rank || compareText(a.change.subject, b.change.subject))
    .map(({ change }) => change);
}

/** Unknown ranks before compliant. */
function changeRank(compliance: Verdict): number {
  return verdictRank(compliance) + (compliance === 'COMPLIANT' ? 1 : 0);
}

function standingIn(
  { outcome, compliance }: Pick<Judged, 'outcome' | 'compliance'>,
  language: Language,
): string {
  return `${language.text(`outcome.${outcome}`)}, ${language.text(`verdict.${compliance}`)}`;
}

/** The new reason of the first control whose reason changed. */
function otherReason(
  was: ComparableReport['resources'][number],
  resource: DailyReport['resources'][number],
): string | null {
  for (const [name, { verdict, reason }] of Object.entries(resource.controls)) {
    const earlier = was.controls[name];
    if (earlier?.verdict !== verdict || earlier.reason !== reason) return reason;
  }
  return null;
}

function incidentChanges(before: ComparableReport, now: DailyReport, language: Language): RevisionChange[] {
  const earlier = new Map(before.incidents.map((each) => [incidentKey(each), each]));
  const changes: RevisionChange[] = [];
  const add = (each: ComparableReport['incidents'][number], words: string): void => {
    const subject = language.text('sentences.revision.incidents', {
      condition: each.condition,
      name: each.resourceName,
    });
    changes.push({ kind: 'incident', subject, words });
  };
  for (const incident of now.incidents) {
    const was = earlier.get(incidentKey(incident));
    earlier.delete(incidentKey(incident));
    if (was?.state === incident.state) continue;
    const plain = { ...incident };
    add(
      plain,
      language.text(incident.state === 'open' ? 'sentences.revision.opened' : 'sentences.revision.closed'),
    );
  }
  for (const gone of earlier.values()) add(gone, language.text('sentences.revision.gone'));
  return changes;
}

function incidentKey(each: { readonly resourceId: string; readonly condition: string }): string {
  return `${each.resourceId}\u0000${each.condition}`;
}

function jobChanges(before: ComparableReport, now: DailyReport, language: Language): RevisionChange[] {
  const numbers = ({ total, byStatus }: ComparableReport['jobTotals']): string => {
    const parts = Object.entries(byStatus)
      .filter(([, number]) => number > 0)
      .map(([status, number]) => `${language.integer(number)} ${language.text(`jobStatus.${status}`)}`);
    return [language.integer(total), ...(parts.length === 0 ? [] : [`(${parts.join(', ')})`])].join(' ');
  };
  const [was, is] = [
    numbers(before.jobTotals),
    numbers({ ...now.jobTotals, byStatus: { ...now.jobTotals.byStatus } }),
  ];
  return was === is
    ? []
    : [
        {
          kind: 'jobs',
          subject: language.text('sentences.revision.jobs'),
          words: language.text('sentences.revision.turned', { before: was, now: is }),
        },
      ];
}

function findingChanges(before: ComparableReport, now: DailyReport, language: Language): RevisionChange[] {
  const earlier = new Set(before.findings.map(({ words }) => words));
  const later = new Set(now.findings.map(({ words }) => words));
  return [
    ...now.findings.filter(({ words }) => !earlier.has(words)).map(({ words }) => words),
    ...before.findings
      .filter(({ words }) => !later.has(words))
      .map(({ words }) => language.text('sentences.revision.findingGone', { words })),
  ].map((words): RevisionChange => ({
    kind: 'finding',
    subject: language.text('sentences.revision.finding'),
    words,
  }));
}
