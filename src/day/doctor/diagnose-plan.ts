import { reportDayOf, addDays, dateAt } from '../../base/civil-dates.js';
import { count, durationInWords } from '../../base/english.js';
import { dayMs } from '../../base/time-units.js';
import { explainError } from '../../errors.js';
import { nameOfSource } from '../../model/source-name.js';
import type { Archive, Clock, EventSource, Finding, Mailer } from '../../ports.js';
import type { ReportKind } from '../../reports/report-kind.js';

/** What `doctor` checks, apart from the configuration and the credentials. */
export interface DiagnosedPlan {
  readonly timezone: string;
  readonly kind: Pick<ReportKind, 'diagnoseEventTypes'>;
  readonly sources: readonly EventSource[];
  readonly archive: Archive;
  readonly mailer: Mailer | null;
  readonly clock: Clock;
  readonly oci: { readonly principal: string; readonly clockSkewMs: () => number | null } | null;
}

/** A finding and the part of the plan that it is about, which decides the exit code. */
export interface PlacedFinding extends Finding {
  readonly area: 'plan' | 'credentials' | 'source' | 'archive' | 'mail';
}

/** The only object that `doctor` writes: below the archive's prefix, but outside every plan. */
const probeKey = 'doctor/probe.txt';

const checkedDays = 7;
/** OCI refuses a signature that is more than five minutes off. */
const maxSkewMs = 60_000;
/** How many days ahead to search for a clock change. */
const daysAhead = 366;

/** Checks each part of a plan in the order in which a run needs it. Throws what would end a run at once. */
export async function* diagnosePlan(plan: DiagnosedPlan): AsyncGenerator<PlacedFinding> {
  yield { area: 'plan', ...timezoneFinding(plan) };
  const nowMs = plan.clock.nowMs();
  const window = { fromMs: nowMs - checkedDays * dayMs, toMs: nowMs };
  for (const [index, source] of plan.sources.entries()) {
    const name = nameOfSource(source, index);
    const { findings, eventTypes } = await source.diagnose(window);
    for (const finding of findings) {
      yield { area: 'source', ...finding, check: `${name} ${finding.check}` };
    }
    if (eventTypes !== null) {
      const finding = plan.kind.diagnoseEventTypes(eventTypes, checkedDays);
      yield { area: 'source', ...finding, check: `${name} event types` };
    }
  }
  yield { area: 'archive', ...(await createOnlyFinding(plan.archive)) };
  for (const finding of await plan.archive.diagnose()) yield { area: 'archive', ...finding };
  const mail = plan.mailer === null ? [noMail] : await plan.mailer.diagnose();
  for (const finding of mail) yield { area: 'mail', ...finding };
  if (plan.oci !== null) yield { area: 'credentials', ...credentialsFinding(plan.oci.principal) };
  const skewMs = plan.oci?.clockSkewMs() ?? null;
  if (skewMs !== null) yield { area: 'credentials', ...clockFinding(skewMs) };
}

/** Says when the next day of 23 or 25 hours is. */
function timezoneFinding({ timezone, clock }: DiagnosedPlan): Finding {
  const today = dateAt(clock.nowMs(), timezone);
  for (let days = 0; days < daysAhead; days += 1) {
    const day = reportDayOf(addDays(today, days), timezone);
    if (day === undefined || day.cutOffMs - day.startMs === dayMs) continue;
    const hours = (day.cutOffMs - day.startMs) / 3_600_000;
    const words = `${timezone}; clocks change on ${day.date}, a day of ${hours} h`;
    return { check: 'time zone', state: 'ok', words, advice: null };
  }
  return { check: 'time zone', state: 'ok', words: `${timezone}; clocks do not change`, advice: null };
}

/** Writes the probe, unless an earlier run did. A second write must then be refused. */
async function createOnlyFinding(archive: Archive): Promise<Finding> {
  const check = 'create-only writes';
  const where = archive.locate(probeKey);
  try {
    const body = {
      bytes: Buffer.from('Written by backup-report doctor, to see that nothing is overwritten.\n'),
    };
    await archive.create(probeKey, body, 'text/plain');
    const again = await archive.create(probeKey, { bytes: Buffer.from('overwritten') }, 'text/plain');
    const stored = await archive.read(probeKey);
    if (again === 'exists' && stored !== null && Buffer.compare(stored, body.bytes) === 0) {
      return { check, state: 'ok', words: `honoured, seen with ${where}`, advice: null };
    }
    return {
      check,
      state: 'failed',
      words: `${where} could be overwritten, or does not read back as it was written`,
      advice: 'Do not use this archive: what it holds is no evidence.',
    };
  } catch (error) {
    const advice = (error as { readonly hints?: readonly string[] }).hints?.[0] ?? null;
    return { check, state: 'failed', words: explainError(error), advice };
  }
}

const noMail: Finding = {
  check: 'mail',
  state: 'warning',
  words: 'none is sent',
  advice: 'Set mail, or silence will not be noticed.',
};

function credentialsFinding(principal: string): Finding {
  return { check: 'credentials', state: 'ok', words: `accepted: ${principal}`, advice: null };
}

function clockFinding(skewMs: number): Finding {
  const off = Math.abs(skewMs);
  const words =
    off < 2000 ? 'right to within 2 s' : `${durationInWords(off)} ${skewMs > 0 ? 'behind' : 'ahead'}`;
  return off <= maxSkewMs
    ? { check: 'clock', state: 'ok', words, advice: null }
    : {
        check: 'clock',
        state: 'warning',
        words,
        advice: "Set this machine's clock: OCI refuses signatures that are five minutes off.",
      };
}

/** `6 ok, 1 warning, 1 failed` */
export function tally(findings: readonly Finding[]): string {
  const of = (state: Finding['state']): number => findings.filter((each) => each.state === state).length;
  return `${of('ok')} ok, ${count(of('warning'), 'warning')}, ${of('failed')} failed`;
}
