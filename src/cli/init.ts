import { dirname, relative, resolve, sep } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { commonFields } from '../config/schema.js';
import { Failure } from '../errors.js';
import { type Terminal, askAnswers } from '../init/ask-answers.js';
import { type StarterAnswers, starterConfiguration } from '../init/starter-configuration.js';
import { starterKindOf } from '../init/starter-kinds.js';
import { firstKind } from '../model/kind-of-report.js';
import { type StarterFiles, mustBeFree, writeOnce } from '../init/write-once.js';
import { schemaLine } from './schema-line.js';
import { shippedTemplates } from '../wiring/wire-theme.js';
import { ownCommand } from './own-command.js';
import type { Output } from './output.js';

export interface InitOptions {
  readonly config: string;
  readonly templates?: string;
  readonly language?: string;
  readonly yes?: boolean;
  /** The kind of report. */
  readonly report?: string;
}

/**
 * `backup-report init`: writes a configuration to start from and, if wanted, a copy of the templates. Asks questions on
 * a terminal, unless `--yes` accepts the defaults. If it is stopped by SIGINT or SIGTERM, it leaves nothing behind.
 */
export async function init(options: InitOptions, output: Output): Promise<number> {
  starterKindOf(options.report ?? firstKind);
  const path = resolve(options.config);
  const templates = options.templates === undefined ? null : resolve(options.templates);
  const files = (text: string): StarterFiles => ({
    configuration: { path, text },
    templates: templates === null ? null : { from: shippedTemplates, to: templates },
  });
  await mustBeFree(files(''));
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const answers = await answersOf(options, stopping, output);
    const theme = {
      language: options.language ?? null,
      templates: templates === null ? null : pathInConfiguration(dirname(path), templates),
    };
    await writeOnce(files(schemaLine(path) + starterConfiguration(answers, theme)), stopping.signal);
  } catch (error) {
    if (!stopping.signal.aborted || error instanceof Failure) throw error;
    throw new Failure('usage', 'stopped; nothing was written');
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
  output.answer(nextSteps(options));
  return 0;
}

async function answersOf(
  { yes, report = firstKind }: InitOptions,
  stopping: AbortController,
  output: Output,
): Promise<StarterAnswers> {
  const presets = presetAnswers(report, new Intl.DateTimeFormat().resolvedOptions().timeZone);
  if (yes === true) return presets;
  if (!process.stdin.isTTY) {
    output.note('Standard input is no terminal: nothing is asked, as with --yes.');
    return presets;
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C while a question is open, and Ctrl-D.
  lines.once('SIGINT', () => stopping.abort());
  lines.once('close', () => stopping.abort());
  const terminal: Terminal = {
    ask: (question) => lines.question(question, { signal: stopping.signal }),
    print: output.note,
  };
  try {
    output.note('Press Enter to accept the value in [brackets].');
    return await askAnswers(terminal, presets);
  } finally {
    lines.removeAllListeners('close');
    lines.close();
  }
}

function presetAnswers(report: string, machineTimezone: string): StarterAnswers {
  const { plan, source, sender } = starterKindOf(report);
  const { success } = commonFields.timezone.safeParse(machineTimezone);
  return {
    report,
    plan,
    timezone: success ? machineTimezone : 'UTC',
    source,
    archiveDirectory: './reports',
    mail: { from: `${sender}@example.com`, to: ['ops@example.com'] },
  };
}

/** A path for the configuration: with /, and relative where possible. */
function pathInConfiguration(directory: string, path: string): string {
  const shown = relative(directory, path).split(sep).join('/');
  return /^(?:\.\.?\/|[a-z]:|\/)/i.test(shown) ? shown : `./${shown}`;
}

function nextSteps({ config, templates }: InitOptions): string {
  return [
    `written: ${config}`,
    ...(templates === undefined
      ? []
      : [`written: ${templates} (keep what you change, delete the rest: docs/templates.md)`]),
    '',
    'Next:',
    `  ${ownCommand()} doctor --config ${config}`,
    `  ${ownCommand()} run --config ${config}`,
    `  ${ownCommand()} preview --config ${config}`,
  ].join('\n');
}
