import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodeOf } from '../../src/cli/exit-codes.js';
import { type Output, createLog, reportFailure } from '../../src/cli/output.js';
import { dayFor } from '../../src/cli/report-day.js';
import { type RunOptions, run } from '../../src/cli/run.js';
import { summariseDay } from '../../src/cli/summary.js';
import { loadConfiguration } from '../../src/config/load.js';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import type { Renderer } from '../../src/ports.js';
import { wirePlan } from '../../src/wiring/wire-plan.js';
import type { CliResult } from './cli.js';

const generatedAtMs = 1_800_000_000_000;

/** `run` of the configuration in a folder, without a process of its own, which costs more than the report. */
export function runHere(
  directory: string,
  date: string | undefined,
  { config = 'backup-report.yaml', ...more }: Partial<Pick<RunOptions, 'config' | 'json' | 'failOn'>> = {},
): Promise<CliResult> {
  process.env['SOURCE_DATE_EPOCH'] = String(generatedAtMs / 1000);
  const options = {
    ...more,
    config: join(directory, config),
    logLevel: 'silent',
    ...(date === undefined ? {} : { date }),
  };
  return captured((output) => run(options, output));
}

/**
 * The same where page and workbook do not matter: there is only one line in them.
 *
 * @param real names of those that are made as they are
 */
export function runPlainly(
  directory: string,
  date: string,
  real: readonly string[] = [],
): Promise<CliResult> {
  return captured(async (output) => {
    const loaded = await loadConfiguration(join(directory, 'backup-report.yaml'));
    const { plan, ports, timezone } = await wirePlan(loaded, await createLog('silent'));
    const renderers = ports.renderers.map((each) => (real.includes(each.name) ? each : oneLine(each)));
    const day = dayFor(date, timezone);
    const result = await makeDailyReport(plan, { day, generatedAtMs }, { ...ports, renderers });
    output.answer(summariseDay(result, plan.kind.summaryOf(result.report)));
    return exitCodeOf(result);
  });
}

/** Instead of a renderer. */
export function oneLine({ name, mediaType }: Renderer): Renderer {
  return {
    name,
    mediaType,
    render: ({ report }, path) => writeFile(path, `${report.plan} ${report.reportDay.date}\n`),
  };
}

/** What a command says and ends with, as `main` has it. */
export async function captured(command: (output: Output) => Promise<number>): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  const output: Output = {
    answer: (text) => (stdout += `${text}\n`),
    note: (text) => (stderr += `${text}\n`),
  };
  try {
    const code = await command(output);
    return { code, stdout, stderr };
  } catch (error) {
    const code = reportFailure(error, output);
    return { code, stdout, stderr };
  }
}
