import { createHash } from 'node:crypto';
import type { InterchangeDay } from '../interchange-day.js';
import { asMarkup, oneLineOf } from '../plain.js';
import { stableId } from '../stable-id.js';
import { resultOfDay } from './result-of-day.js';

const oscalVersion = '1.0.4';

/** What the document says of itself. */
export interface OscalRequest {
  readonly plan: string;
  readonly from: string;
  readonly to: string;
  /** Where the assessment plan is; null: the report plan stands for it, as a resource of the document. */
  readonly assessmentPlan: string | null;
}

/**
 * OSCAL assessment results 1.0.4 in pieces of text, one result a day. What depends on all days (identifier, time of the last
 * change) follows the results, so that no day is kept.
 *
 * @param days at least one
 */
export async function* assessmentResults(
  days: AsyncIterable<InterchangeDay>,
  request: OscalRequest,
): AsyncGenerator<string> {
  yield '{"assessment-results":{"results":[\n';
  const digest = createHash('sha256');
  let separator = '';
  let lastModified: string | null = null;
  let configurationKey: string | null = null;
  for await (const day of days) {
    const result = resultOfDay(day);
    digest.update(`${result.uuid}\n`);
    // A day without a report has nothing later than its end.
    const made = day.state === 'reported' ? day.report.generatedAt : result.end;
    if (lastModified === null || Date.parse(made) > Date.parse(lastModified)) lastModified = made;
    if (day.state === 'reported') configurationKey = day.configurationKey ?? configurationKey;
    yield `${separator}${JSON.stringify(result)}`;
    separator = ',\n';
  }
  const head = headOf(request, {
    id: digest.digest('hex'),
    lastModified: lastModified ?? `${request.to}T00:00:00Z`,
    configurationKey,
  });
  yield `\n],${JSON.stringify(head).slice(1, -1)}}}\n`;
}

function headOf(
  { plan, from, to, assessmentPlan }: OscalRequest,
  {
    id,
    lastModified,
    configurationKey,
  }: { readonly id: string; readonly lastModified: string; readonly configurationKey: string | null },
) {
  const planId = stableId('report plan', plan);
  return {
    uuid: stableId('document', plan, from, to, assessmentPlan ?? '', id),
    metadata: {
      title: asMarkup(`Backups of ${plan} from ${from} to ${to}`),
      'last-modified': lastModified,
      version: oneLineOf(`${from}/${to}`),
      'oscal-version': oscalVersion,
    },
    'import-ap':
      assessmentPlan === null
        ? {
            href: `#${planId}`,
            remarks:
              'There is no assessment plan in OSCAL: the configuration of the report plan stands for it.',
          }
        : { href: assessmentPlan },
    ...(assessmentPlan === null
      ? { 'back-matter': { resources: [planResource(plan, planId, configurationKey)] } }
      : {}),
  };
}

function planResource(plan: string, uuid: string, configurationKey: string | null) {
  return {
    uuid,
    title: asMarkup(`Report plan ${plan}`),
    description:
      'Which sources are read, which resources are judged, and what is demanded of them: the configuration that the newest of these reports was made by, relative to the archive.',
    ...(configurationKey === null ? {} : { rlinks: [{ href: encodeURI(configurationKey) }] }),
  };
}
