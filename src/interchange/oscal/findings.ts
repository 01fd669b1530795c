import { count } from '../../base/english.js';
import { verdictWords } from '../../reports/backup-compliance/model/report-verdict.js';
import { type ControlName, controlNames } from '../../reports/backup-compliance/model/verdict.js';
import { type ReportedDay, type UnreportedDay, whyIncomplete } from '../interchange-day.js';
import { type Claim, type ClaimState, stateOfDay, worstState } from '../claims.js';
import { asMarkup } from '../plain.js';
import { stableId } from '../stable-id.js';
import { type SupportedControl, clausesOf, supportedControls } from './framework-controls.js';
import { present, propertiesOf } from './properties.js';
import type { OscalFinding } from './types.js';

/** The objective of the day as a whole. */
export const dayObjective = 'backup-compliance';

/** Claims of all resources by control, and where each resource that is bad was observed. */
export interface Seen {
  readonly byControl: ReadonlyMap<ControlName, readonly Claim[]>;
  readonly dayObservation: string;
  /** Identifiers of observations by resource id. */
  readonly observations: ReadonlyMap<string, string>;
}

/** Of the day, of every control that is demanded of something, and of controls of SP 800-53 that these support. */
export function findingsOf(day: ReportedDay, seen: Seen): readonly OscalFinding[] {
  return [
    findingOfDay(day, seen),
    ...controlNames.flatMap((control) => findingOfControl(day, control, seen) ?? []),
    ...supportedControls(day.report).flatMap((each) => findingOfSupported(day, each, seen) ?? []),
  ];
}

function findingOfDay(day: ReportedDay, { dayObservation, observations }: Seen): OscalFinding {
  const { report } = day;
  const { nonCompliant, unknown, waivedBad } = report.totals;
  return {
    uuid: idOf(day, dayObjective),
    title: 'Every resource of the report plan',
    description: `The verdict of the day is ${verdictWords(report)}.`,
    target: targetOf('objective-id', dayObjective, stateOfDay(report), whyIncomplete(day)),
    'related-observations': related([dayObservation, ...observations.values()]),
    ...present('remarks', waivedRemark(waivedBad, nonCompliant + unknown)),
  };
}

function findingOfControl(day: ReportedDay, control: ControlName, seen: Seen): OscalFinding | null {
  const claims = seen.byControl.get(control) ?? [];
  const state = worstState(claims.map((claim) => claim.state));
  if (state === null) return null;
  const counts = verdictCounts(claims);
  const notDemanded = day.report.totals.expected - claims.length;
  return {
    uuid: idOf(day, control),
    title: control,
    description: `Of ${count(claims.length, 'resource')}: ${counts.COMPLIANT} compliant, ${counts.NON_COMPLIANT} not compliant, ${counts.UNKNOWN} unknown.`,
    ...present(
      'props',
      propertiesOf([
        ['compliant', counts.COMPLIANT],
        ['non-compliant', counts.NON_COMPLIANT],
        ['unknown', counts.UNKNOWN],
        ['not-applicable', notDemanded],
        ...clausesOf(day.report, control),
      ]),
    ),
    target: targetOf('objective-id', control, state, whyOf(day, claims, state)),
    'related-observations': related([seen.dayObservation, ...observedOf(claims, seen)]),
    ...present(
      'remarks',
      waivedRemark(claims.filter(({ isWaived }) => isWaived).length, badOf(claims).length),
    ),
  };
}

function findingOfSupported(day: ReportedDay, control: SupportedControl, seen: Seen): OscalFinding | null {
  const { clause, controlId, statementId, supportedBy, isChecked } = control;
  const claims = supportedBy.flatMap((each) => seen.byControl.get(each) ?? []);
  const state = worstState(claims.map((claim) => claim.state));
  if (state === null) return null;
  const judged = supportedBy.filter((each) => (seen.byControl.get(each)?.length ?? 0) > 0);
  return {
    uuid: idOf(day, controlId),
    title: asMarkup(`What this report says of ${clause}`),
    description: `${judged.join(', ')} ${judged.length === 1 ? 'supports' : 'support'} ${asMarkup(clause)}.`,
    target: targetOf('statement-id', statementId, state, whyOf(day, claims, state)),
    'related-observations': related([seen.dayObservation, ...observedOf(claims, seen)]),
    remarks: [
      'The report supports this control; it does not assess all of it.',
      'Satisfied only says that the named checks found nothing.',
      ...(isChecked ? [] : ['Nobody has compared these checks with the text of the control yet.']),
    ].join(' '),
  };
}

/** Of a day without a report: nothing is satisfied. */
export function findingsOfNothing(day: UnreportedDay, observation: string): readonly OscalFinding[] {
  return [dayObjective, ...controlNames].map((objective) => ({
    uuid: stableId('finding', day.plan, day.date, day.state, objective),
    title: objective === dayObjective ? 'Every resource of the report plan' : objective,
    description: 'There is no report that could say it.',
    target: targetOf('objective-id', objective, 'unknown', day.why),
    'related-observations': related([observation]),
  }));
}

/** Only what passed is satisfied. @param why of what is not satisfied */
function targetOf(
  type: OscalFinding['target']['type'],
  id: string,
  state: ClaimState,
  why: string | null,
): OscalFinding['target'] {
  const remarks = state === 'pass' || why === null ? undefined : asMarkup(why);
  return {
    type,
    'target-id': id,
    status: {
      state: state === 'pass' ? 'satisfied' : 'not-satisfied',
      reason: state === 'unknown' ? 'other' : state,
      ...present('remarks', remarks),
    },
  };
}

/** The reasons of the first claim in that state, and how many there are. */
function whyOf(day: ReportedDay, claims: readonly Claim[], state: ClaimState): string | null {
  const alike = claims.filter((claim) => claim.state === state);
  const [first] = alike;
  if (first === undefined || state === 'pass') return whyIncomplete(day);
  const others = alike.length === 1 ? '' : ` And ${alike.length - 1} more.`;
  return `${first.resource.resourceName}: ${first.reasons.join(' ')}${others}`;
}

function badOf(claims: readonly Claim[]): readonly Claim[] {
  return claims.filter(({ result }) => result.verdict !== 'COMPLIANT');
}

function observedOf(claims: readonly Claim[], { observations }: Seen): readonly string[] {
  return badOf(claims).flatMap(({ resource }) => observations.get(resource.resourceId) ?? []);
}

function verdictCounts(claims: readonly Claim[]) {
  const counts = { COMPLIANT: 0, NON_COMPLIANT: 0, UNKNOWN: 0, NOT_APPLICABLE: 0 };
  for (const { result } of claims) counts[result.verdict] += 1;
  return counts;
}

function waivedRemark(waived: number, bad: number): string | null {
  return waived === 0 ? null : `Waivers hold for ${waived} of ${bad}; they change no verdict.`;
}

function related(observations: readonly string[]): OscalFinding['related-observations'] {
  return [...new Set(observations)].map((uuid) => ({ 'observation-uuid': uuid }));
}

function idOf({ plan, date, manifestSha256 }: ReportedDay, target: string): string {
  return stableId('finding', plan, date, manifestSha256, target);
}
