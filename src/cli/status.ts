import { count } from '../base/english.js';
import { dateRanges } from '../base/date-ranges.js';
import { terminalText } from '../base/terminal-text.js';
import { readCoverage } from '../coverage/read-coverage.js';
import { type ArchiveCoverage, coverageTotals } from '../model/archive-coverage.js';
import { damageInEnglish } from '../model/archive-damage.js';
import type { DayCoverage } from '../model/day-coverage.js';
import { generationTime } from '../wiring/generation-time.js';
import { readIndexedReport } from '../wiring/read-archived.js';
import type { KindRegistry } from '../wiring/report-kinds.js';
import { openArchivedPlan } from '../wiring/wire-archived-plan.js';
import { type ArchiveOptions, exitCodeOfCoverage, mustBeRange } from './archive-choice.js';
import { calendarLines, legendLines } from './calendar.js';
import { showsColours } from './colours.js';
import { type Output, createLog } from './output.js';
import { nextSteps } from './next-steps.js';

export interface StatusOptions extends ArchiveOptions {
  readonly json?: boolean;
  readonly logLevel: string;
}

/** Where answers go to no terminal. */
const usualColumns = 80;
const shownDamage = 5;

/**
 * `backup-report status`: what an archive has of each day, as a calendar. Returns the exit code: 6 for damage, 3 for days
 * that are missing or INCOMPLETE.
 *
 * @param environment says whether a terminal shows colours @param known kinds of report; absent: those that the place has
 */
export async function status(
  options: StatusOptions,
  output: Output,
  environment: NodeJS.ProcessEnv = process.env,
  known?: KindRegistry,
): Promise<number> {
  const place = await openArchivedPlan(options, await createLog(options.logLevel));
  mustBeRange(options, place.timezone ?? 'UTC');
  const { archive, plan, timezone, settleDelayMs } = place;
  const kinds = known ?? place.kinds;
  const nowMs = generationTime(environment, Date.now(), null);
  const { from, to } = options;
  const range = { from, to, timezone, settleDelayMs, nowMs };
  const coverage = await readCoverage(
    archive,
    { plan, readFacts: async (bytes) => (await readIndexedReport(bytes, kinds))?.day ?? null },
    range,
  );
  const steps = nextSteps(coverage, options, nowMs);
  output.answer(
    options.json === true
      ? JSON.stringify(answerOf(coverage, steps))
      : inWords(coverage, steps, output, environment).join('\n'),
  );
  return exitCodeOfCoverage(coverage);
}

function answerOf(coverage: ArchiveCoverage, steps: readonly string[]): object {
  const { plan, timezone, from, to, days, foreign, renamedFrom, renamedTo } = coverage;
  return {
    plan,
    timezone,
    from,
    to,
    ...(renamedFrom !== undefined && { renamedFrom }),
    ...(renamedTo !== undefined && { renamedTo }),
    totals: coverageTotals(days),
    days: days.map(dayAnswer),
    foreign,
    steps,
  };
}

function dayAnswer({ facts, damage, isSigned, ...day }: DayCoverage): object {
  return {
    ...day,
    verdict: facts?.verdict ?? null,
    counts: facts?.counts ?? null,
    signed: isSigned,
    damage: damage.map((each) => ({ key: each.key, reason: each.reason, words: damageInEnglish(each) })),
  };
}

function inWords(
  coverage: ArchiveCoverage,
  steps: readonly string[],
  output: Output,
  environment: NodeJS.ProcessEnv,
): readonly string[] {
  const { plan, timezone, from, to, days } = coverage;
  const look = {
    columns: output.columns ?? usualColumns,
    isColoured: showsColours(output.columns !== undefined, environment),
  };
  return [
    `${plan}  ${from} to ${to} (${terminalText(timezone)})`,
    '',
    ...calendarLines(days, look),
    '',
    ...legendLines(days, look),
    '',
    ...totalLines(coverage),
    ...renamingLines(coverage),
    ...damageLines(days),
    ...steps.map((step) => `  -> ${step}`),
  ];
}

function totalLines({ days, foreign }: ArchiveCoverage): readonly string[] {
  const { present, missing, unfinished, damaged, incomplete, nonCompliant, revised, unsigned } =
    coverageTotals(days);
  const besideDays = [
    `${incomplete} INCOMPLETE`,
    days.some(({ facts }) => facts !== null && facts.counts === null)
      ? `${nonCompliant} to be attended to`
      : `${nonCompliant} non-compliant`,
    `${revised} revised`,
    ...(days.some(({ isSigned }) => isSigned !== null) ? [`${unsigned} unsigned`] : []),
  ];
  return [
    `  ${count(days.length, 'day')} = ${present} present + ${missing} missing + ${unfinished} unfinished + ${damaged} damaged`,
    `  of these ${besideDays.join(', ')}`,
    ...(foreign.length === 0
      ? []
      : [`  ${count(foreign.length, 'file is', 'files are')} no part of the archive: ${someKeys(foreign)}`]),
  ];
}

function renamingLines({ renamedFrom, renamedTo }: ArchiveCoverage): readonly string[] {
  return [
    ...(renamedFrom === undefined
      ? []
      : [
          `  the days up to ${renamedFrom.lastDay} are those of ${renamedFrom.name}, as the plan was called before`,
        ]),
    ...(renamedTo === undefined
      ? []
      : [`  the plan is called ${renamedTo.name} since: the days after ${renamedTo.lastDay} are there`]),
  ];
}

function someKeys(keys: readonly string[]): string {
  const shown = keys.slice(0, 3).map((key) => terminalText(key));
  const more = keys.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}

function damageLines(days: readonly DayCoverage[]): readonly string[] {
  const damage = days.flatMap((day) => day.damage);
  const lines = damage
    .slice(0, shownDamage)
    .map((each) => `  damaged    ${terminalText(each.location, Infinity)}: ${damageInEnglish(each)}`);
  const more = damage.length - lines.length;
  if (more === 0) return lines;
  const dates = days.filter((day) => day.damage.length > 0).map(({ date }) => date);
  return [...lines, `  damaged    and ${more} more; days: ${dateRanges(dates)}`];
}
