import { toIso } from '../../base/instants.js';
import type { ResourceCompliance } from '../../reports/backup-compliance/model/resource-compliance.js';
import { verdictWords } from '../../reports/backup-compliance/model/report-verdict.js';
import { isBad } from '../../reports/backup-compliance/model/verdict.js';
import { type ReportedDay, type UnreportedDay, whyIncomplete } from '../interchange-day.js';
import type { Claim } from '../claims.js';
import { asMarkup } from '../plain.js';
import { stableId } from '../stable-id.js';
import { present, propertiesOf } from './properties.js';
import type { InventoryItem, Observation } from './types.js';

/** What was seen of the day as a whole. */
export function observationOfDay(day: ReportedDay): Observation {
  const { report, date, plan } = day;
  const { totals } = report;
  return {
    uuid: stableId('observation', plan, date, day.manifestSha256, 'day'),
    title: asMarkup(`${date}: ${verdictWords(report)}`),
    description: [
      `${totals.expected} resources were judged: ${totals.compliant} compliant, ${totals.nonCompliant} not compliant,`,
      `${totals.unknown} unknown, ${totals.notApplicable} of which nothing was demanded.`,
    ].join(' '),
    ...present('props', countsOfDay(day)),
    methods: ['TEST'],
    'relevant-evidence': evidenceOf(day),
    collected: report.generatedAt,
    ...present('remarks', remarksOf([whyIncomplete(day)])),
  };
}

/** The report's own totals. */
function countsOfDay({ report }: ReportedDay) {
  const { totals, status } = report;
  return propertiesOf([
    ['status', status],
    ['verdict', verdictWords(report)],
    ['expected', totals.expected],
    ['compliant', totals.compliant],
    ['non-compliant', totals.nonCompliant],
    ['unknown', totals.unknown],
    ['not-applicable', totals.notApplicable],
    ['waived', totals.waivedBad],
    ['excluded', totals.excluded],
  ]);
}

/** What was seen of a resource that is not compliant or of which it is not known. */
export function observationOfResource(
  day: ReportedDay,
  resource: ResourceCompliance,
  claims: readonly Claim[],
): Observation {
  const { plan, date, manifestSha256, report } = day;
  const bad = claims.filter(({ result }) => isBad(result.verdict));
  const { waiver } = resource;
  return {
    uuid: stableId('observation', plan, date, manifestSha256, resource.resourceId),
    title: asMarkup(`${resource.resourceName}: ${resource.compliance}`),
    description: bad.map(({ control, result }) => `${control}: ${asMarkup(result.reason)}`).join('\n\n'),
    ...present(
      'props',
      propertiesOf([
        ['verdict', resource.compliance],
        ['outcome', resource.outcome],
        ['severity', resource.severity],
        ['policy', resource.policy],
        ['owner', resource.owner],
        ['bad-since', resource.badSince],
        ['last-success', resource.lastSuccessTime],
        ...bad.map(({ control, result }) => [control, result.verdict] as const),
        ['waived-until', waiver && waiver.expires],
        ['waiver-ticket', waiver && waiver.ticket],
      ]),
    ),
    methods: ['TEST'],
    subjects: [{ 'subject-uuid': itemIdOf(plan, resource), type: 'inventory-item' }],
    'relevant-evidence': evidenceOf(day),
    collected: report.generatedAt,
    ...present(
      'remarks',
      remarksOf([
        waiver &&
          `A waiver holds until ${waiver.expires}, granted by ${waiver.approvedBy}: ${waiver.reason} It changes no verdict.`,
      ]),
    ),
  };
}

/** The resource as a subject; its identifier is the same on every day. */
export function inventoryItemOf(plan: string, resource: ResourceCompliance): InventoryItem {
  return {
    uuid: itemIdOf(plan, resource),
    description: asMarkup(`${resource.resourceType} ${resource.resourceName}`),
    props: [
      ...(propertiesOf([
        ['resource-id', resource.resourceId],
        ['resource-type', resource.resourceType],
        ['resource-name', resource.resourceName],
        ['compartment-id', resource.compartmentId],
        ['compartment-name', resource.compartmentName],
      ]) ?? []),
    ],
  };
}

/** What was seen of a day without a report: that there is none. */
export function observationOfNothing({ plan, date, cutOffMs, state, why }: UnreportedDay): Observation {
  return {
    uuid: stableId('observation', plan, date, state, 'day'),
    title: `${date}: no report`,
    description: asMarkup(why),
    ...present('props', propertiesOf([['status', state.toUpperCase()]])),
    methods: ['TEST'],
    collected: toIso(cutOffMs),
  };
}

function itemIdOf(plan: string, { resourceId }: ResourceCompliance): string {
  return stableId('resource', plan, resourceId);
}

function evidenceOf({ reportKey }: ReportedDay): NonNullable<Observation['relevant-evidence']> {
  return [{ href: encodeURI(reportKey), description: 'The archived report, relative to the archive.' }];
}

function remarksOf(sentences: readonly (string | null)[]): string | null {
  const there = sentences.filter((sentence) => sentence !== null);
  return there.length === 0 ? null : asMarkup(there.join(' '));
}
