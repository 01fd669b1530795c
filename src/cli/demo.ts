import { join, relative, resolve } from 'node:path';
import { addDays, dateAt } from '../base/civil-dates.js';
import { loadPlan } from '../wiring/load-plan.js';
import { makeDailyReport } from '../day/make-daily-report.js';
import type { DayResult } from '../day/report-plan.js';
import { asWritingFailure } from '../errors.js';
import { firstKind } from '../model/kind-of-report.js';
import { artefactNames } from '../model/artefact-names.js';
import { wirePlan } from '../wiring/wire-plan.js';
import { demoOf } from './demo-kinds.js';
import { demoTime, demoTimezone } from './demo-days.js';
import { noteFailedDeliveries } from './delivery-lines.js';
import { exitCodeOfDeliveries } from './exit-codes.js';
import { type Output, createLog } from './output.js';
import { ownCommand } from './own-command.js';
import { dayFor } from '../model/named-day.js';

/**
 * `backup-report demo`: writes a company's events to files and makes the report of each of its 14 days, as for any plan.
 * With `report`, a demo of that kind of report. Exits with 0: incomplete or non-compliant days are part of the story.
 */
export async function demo(
  options: { readonly directory: string; readonly report?: string },
  output: Output,
): Promise<number> {
  const { report = firstKind } = options;
  const { words, write } = await demoOf(report);
  const yesterday = addDays(dateAt(Date.now(), demoTimezone), -1);
  // A folder for each end date: its archive is write-once, and tomorrow's demo has other days.
  const directory = resolve(options.directory, report === firstKind ? yesterday : `${report}-${yesterday}`);
  const dates = await write(directory, { yesterday, timezone: demoTimezone }).catch((error: unknown) => {
    throw asWritingFailure(error, options.directory);
  });
  const config = join(directory, 'backup-report.yaml');
  const { plan, ports } = await wirePlan(await loadPlan(config), await createLog('silent'));

  output.note(`${words}, ${dates.at(0)} to ${dates.at(-1)}:`);
  let last: DayResult | undefined;
  for (const date of dates) {
    const day = dayFor(date, demoTimezone);
    last = await makeDailyReport(plan, { day, generatedAtMs: demoTime(day, Date.now()) }, ports);
    output.note(`  ${date}  ${plan.kind.verdictLineOf(last.report)}`);
  }
  if (last === undefined) return 0;
  output.answer(whereToLook(last, config));
  noteFailedDeliveries(last, output);
  return exitCodeOfDeliveries(last);
}

function whereToLook({ location, delivery }: DayResult, config: string): string {
  return [
    '',
    'Open these:',
    `  page       ${here(join(location, artefactNames.page))}`,
    `  workbook   ${here(join(location, artefactNames.workbook))}`,
    ...(delivery?.location ? [`  mail       ${here(delivery.location)}`] : []),
    'Make a report of it yourself:',
    `  ${ownCommand()} run --config ${here(config)}`,
  ].join('\n');
}

function here(path: string): string {
  return relative(process.cwd(), path) || path;
}
