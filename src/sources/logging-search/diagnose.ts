import { dayMs, hourMs } from '../../base/time-units.js';
import { explainError, isUsageFailure } from '../../errors.js';
import { adviceForCall } from '../../oci/call-advice.js';
import type { SourceDiagnosis } from '../../ports/event-source.js';
import type { Finding } from '../../ports/finding.js';
import { onWholeSeconds } from '../log-analytics/time-slice.js';
import type { SearchParts } from './logging-search-reading.js';
import { SearchRunner } from './search-runner.js';
import { searchText } from './search-text.js';
import { SliceSearch } from './slice-reader.js';

const readRights =
  'Allow the group to read log-content and log-groups in tenancy; for the records of Audit also audit-events.';

/**
 * Counts the last day, and reads its last quarter of an hour, as a run would.
 *
 * @throws Failure('usage') if OCI does not accept the credentials
 */
export async function diagnoseSearch({ connection, options, nowMs }: SearchParts): Promise<SourceDiagnosis> {
  const findings: Finding[] = [];
  const check = 'search';
  try {
    const text = searchText(options, connection.tenancy);
    const search = new SliceSearch(await SearchRunner.open(connection, options, text));
    const toMs = nowMs();
    const counted = await search.count(onWholeSeconds({ fromMs: toMs - dayMs, toMs }));
    findings.push(countFinding(counted, search.noCount));
    // What came in the last minutes may still change.
    const shortly = onWholeSeconds({ fromMs: toMs - hourMs, toMs: toMs - (3 * hourMs) / 4 });
    for await (const { doubt } of search.results(shortly)) {
      if (doubt === null) continue;
      const advice = 'As long as it is so, every report will be INCOMPLETE.';
      findings.push({ check: 'completeness', state: 'failed', words: doubt, advice });
      break;
    }
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    findings.push({
      check,
      state: 'failed',
      words: explainError(error),
      advice: adviceForCall(error, readRights),
    });
  }
  return { findings, eventTypes: null };
}

function countFinding(counted: number | null, noCount: string | null): Finding {
  const check = 'records';
  if (counted === null) {
    const words = `the service does not count what it finds: ${noCount ?? ''}`;
    const advice = 'As long as it is so, every report will be INCOMPLETE: use the source oci-audit instead.';
    return { check, state: 'failed', words, advice };
  }
  if (counted > 0) return { check, state: 'ok', words: `${counted} in the last day`, advice: null };
  const advice = 'Look at the search, and at the right to read the logs that it names.';
  return { check, state: 'warning', words: 'none in the last day', advice };
}
