import { toIso } from '../../base/instants.js';
import { verdictWords } from '../../reports/backup-compliance/model/report-verdict.js';
import type { DailyReport } from '../../reports/backup-compliance/model/daily-report.js';
import { type ControlName, controlNames, isBad } from '../../reports/backup-compliance/model/verdict.js';
import {
  type InterchangeDay,
  type ReportedDay,
  type UnreportedDay,
  whyIncomplete,
} from '../interchange-day.js';
import { type Claim, claimsOfResource } from '../claims.js';
import { asMarkup } from '../plain.js';
import { stableId } from '../stable-id.js';
import { dayObjective, findingsOf, findingsOfNothing } from './findings.js';
import { supportedControls } from './framework-controls.js';
import {
  inventoryItemOf,
  observationOfDay,
  observationOfNothing,
  observationOfResource,
} from './observations.js';
import { present, propertiesOf } from './properties.js';
import type { InventoryItem, Observation, Result, ReviewedControls } from './types.js';

/** One day as one result. */
export function resultOfDay(day: InterchangeDay): Result {
  return day.state === 'reported' ? resultOfReport(day) : resultOfNothing(day);
}

function resultOfReport(day: ReportedDay): Result {
  const { plan, date, report, revision, manifestSha256 } = day;
  const byControl = new Map(controlNames.map((control): [ControlName, Claim[]] => [control, []]));
  const ofDay = observationOfDay(day);
  const observations: Observation[] = [ofDay];
  const items: InventoryItem[] = [];
  const byResource = new Map<string, string>();
  for (const resource of report.resources) {
    const claims = claimsOfResource(day, resource);
    for (const claim of claims) byControl.get(claim.control)?.push(claim);
    if (!isBad(resource.compliance)) continue;
    const observation = observationOfResource(day, resource, claims);
    observations.push(observation);
    byResource.set(resource.resourceId, observation.uuid);
    items.push(inventoryItemOf(plan, resource));
  }
  return {
    uuid: stableId('result', plan, date, manifestSha256),
    title: asMarkup(`Backups of ${plan} on ${date}`),
    description: asMarkup([`${verdictWords(report)}.`, whyIncomplete(day)].filter(isText).join(' ')),
    start: toIso(day.startMs),
    end: toIso(day.cutOffMs),
    ...present(
      'props',
      propertiesOf([
        ['date', date],
        ['timezone', report.reportDay.timezone],
        ['status', report.status],
        ['revision', revision],
        ['manifest-sha256', manifestSha256],
        ['tool-version', report.tool.version],
        ['language', report.language],
      ]),
    ),
    ...(items.length === 0 ? {} : { 'local-definitions': { 'inventory-items': items } }),
    'reviewed-controls': reviewedControls(report),
    observations,
    findings: findingsOf(day, { byControl, dayObservation: ofDay.uuid, observations: byResource }),
  };
}

function resultOfNothing(day: UnreportedDay): Result {
  const { plan, date, state, why } = day;
  const observation = observationOfNothing(day);
  return {
    uuid: stableId('result', plan, date, state),
    title: asMarkup(`Backups of ${plan} on ${date}: no report`),
    description: asMarkup(why),
    start: toIso(day.startMs),
    end: toIso(day.cutOffMs),
    ...present(
      'props',
      propertiesOf([
        ['date', date],
        ['status', state.toUpperCase()],
      ]),
    ),
    'reviewed-controls': reviewedControls(null),
    observations: [observation],
    findings: findingsOfNothing(day, observation.uuid),
  };
}

/** Controls of SP 800-53 where the report has them, else the report's own; its own are the objectives in any case. */
function reviewedControls(report: DailyReport | null): ReviewedControls {
  const supported = report === null ? [] : supportedControls(report).map(({ controlId }) => controlId);
  const controls: readonly string[] = supported.length > 0 ? supported : controlNames;
  return {
    'control-selections': [
      { 'include-controls': [...new Set(controls)].map((id) => ({ 'control-id': id })) },
    ],
    'control-objective-selections': [
      { 'include-objectives': [dayObjective, ...controlNames].map((id) => ({ 'objective-id': id })) },
    ],
  };
}

function isText(text: string | null): text is string {
  return text !== null;
}
