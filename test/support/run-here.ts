import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dayMs } from '../../src/base/time-units.js';
import { type Output, reportFailure } from '../../src/cli/output.js';
import { type RunOptions, run } from '../../src/cli/run.js';
import type { ReportHead } from '../../src/model/report-head.js';
import type { MailRenderer } from '../../src/ports/mail-renderer.js';
import type { Renderer } from '../../src/ports/renderer.js';
import { wirePlan } from '../../src/wiring/wire-plan.js';
import type { CliResult } from './cli.js';
import { themeHere } from './theme-here.js';

const generatedAtMs = 1_795_600_000_000;

type MoreOptions = Partial<Pick<RunOptions, 'config' | 'json' | 'failOn'>>;

/** `run` of the configuration in a folder, without a process of its own, which costs more than the report. */
export function runHere(
  directory: string,
  date: string | undefined,
  more: MoreOptions = {},
): Promise<CliResult> {
  return runWired(directory, date, more, (loaded, log) => wirePlan(loaded, log, themeHere));
}

/**
 * The same where page, workbook and mail do not matter: there is only one line in them.
 *
 * @param real names of those that are made as they are; the mail is called mail
 */
export function runPlainly(
  directory: string,
  date: string | undefined,
  real: readonly string[] = [],
  more: MoreOptions = {},
): Promise<CliResult> {
  return runWired(directory, date, more, async (loaded, log) => {
    const { ports, ...wired } = await wirePlan(loaded, log, themeHere);
    const renderers = ports.renderers.map((each) => (real.includes(each.name) ? each : oneLine(each)));
    const mailRenderer = real.includes('mail') ? ports.mailRenderer : oneLineMail;
    return { ...wired, ports: { ...ports, renderers, mailRenderer } };
  });
}

function runWired(
  directory: string,
  date: string | undefined,
  { config = 'backup-report.yaml', ...more }: MoreOptions,
  wire: typeof wirePlan,
): Promise<CliResult> {
  // A day that is not over then, such as yesterday, is made now.
  const isOver = date !== undefined && Date.parse(date) + 2 * dayMs <= generatedAtMs;
  if (isOver) process.env['SOURCE_DATE_EPOCH'] = String(generatedAtMs / 1000);
  else delete process.env['SOURCE_DATE_EPOCH'];
  const options = {
    ...more,
    config: join(directory, config),
    logLevel: 'silent',
    ...(date === undefined ? {} : { date }),
  };
  return captured((output) => run(options, output, wire));
}

/** Instead of a renderer. */
export function oneLine({ name, mediaType }: Renderer): Renderer {
  return {
    name,
    mediaType,
    render: ({ report }, path) => writeFile(path, lineOf(report)),
  };
}

/** Instead of the mail: to draw and inline it takes longer than to judge a small day. */
export const oneLineMail: MailRenderer<ReportHead> = {
  renderMail: async ({ report }) => {
    const line = lineOf(report);
    return { subject: line.trim(), html: line, text: line, inline: [] };
  },
};

const lineOf = ({ plan, reportDay }: ReportHead): string => `${plan} ${reportDay.date}\n`;

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
