import type { OciConnection } from '../../../oci/connection.js';
import type { LogAnalyticsProfile } from '../../../oci/service-profile.js';
import type { ProbeAnswer, ServiceProbe } from '../../../ports/event-source.js';
import type { LogAnalyticsOptions } from '../options.js';
import type { TimeSlice } from '../query-answer.js';
import { probeColumns } from './known-columns.js';
import { askLink, formOfUnique, groupsOf, takesTextExtremes } from './link-answers.js';
import { probeAsyncStatus, probeExportShape, probePageHeader } from './other-answers.js';
import { ProbeClient, Unanswered } from './probe-client.js';
import { type ProbedValue, type Prober, openProber } from './prober.js';
import { probeTimeEdges } from './time-edges.js';

type Question = keyof LogAnalyticsProfile;

/** In the order of the profile. */
const questions: readonly Question[] = [
  'timeEdges',
  'endIncluded',
  'linkGroups',
  'uniqueGives',
  'textMinMax',
  'exportShape',
  'pageHeader',
  'asyncStatus',
  'columns',
];

/**
 * Asks a live Log Analytics what its documents leave open, over the records of a log source in a window. It only
 * queries, with some dozen calls; what has no answer says why.
 *
 * @throws Failure('usage') if OCI does not accept the credentials
 */
export async function probeLogAnalytics(
  connection: OciConnection,
  options: LogAnalyticsOptions,
  whole: TimeSlice,
): Promise<ServiceProbe> {
  const client = await ProbeClient.open(connection, options);
  const opened = await orReason(openProber(client, options.logSource, whole));
  const answers: ProbeAnswer[] = [];
  if ('reason' in opened) {
    answers.push(...questions.map((key) => ({ key, value: null, unknown: opened.reason })));
  } else {
    const asked = answersOf(opened.value);
    for (const key of questions) {
      const answer = await orReason(asked[key]());
      const isKnown = 'value' in answer;
      answers.push({
        key,
        value: isKnown ? answer.value : null,
        unknown: isKnown ? null : answer.reason,
      });
    }
  }
  return { service: 'logAnalytics', answers, calls: client.calls };
}

type Asked = Readonly<Record<Question, () => Promise<ProbedValue>>>;

function answersOf(prober: Prober): Asked {
  const edges = once(() => probeTimeEdges(prober));
  const link = once(() => askLink(prober));
  return {
    timeEdges: async () => (await edges()).timeEdges,
    endIncluded: async () => (await edges()).endIncluded,
    linkGroups: async () => groupsOf(await link()),
    uniqueGives: async () => formOfUnique(await link()),
    textMinMax: async () => {
      await link();
      return takesTextExtremes(prober);
    },
    exportShape: () => probeExportShape(prober),
    pageHeader: () => probePageHeader(prober),
    asyncStatus: () => probeAsyncStatus(prober),
    columns: () => probeColumns(prober),
  };
}

/** Two questions have one answer. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => (asked ??= work());
}

async function orReason<T>(work: Promise<T>): Promise<{ readonly value: T } | { readonly reason: string }> {
  try {
    return { value: await work };
  } catch (error) {
    if (error instanceof Unanswered) return { reason: error.message };
    throw error;
  }
}
