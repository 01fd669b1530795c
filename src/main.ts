#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Output } from './cli/output.js';

// Whoever reads the answer has seen enough: `backup-report doctor | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// Commands are loaded when they are called: `--help` answers at once.
const program = new Command('backup-report')
  .description('Daily backup compliance reports for Oracle Cloud (OCI).')
  .exitOverride()
  .showHelpAfterError('(backup-report --help shows what there is)');

const logLevel = new Option('--log-level <level>', 'what to log to standard error')
  .choices(['debug', 'info', 'warn', 'error', 'silent'])
  .default('info');

/** A command whose answer is meant to be read at once says less on the side. */
const warnLevel = new Option('--log-level <level>', 'what to log to standard error')
  .choices(['debug', 'info', 'warn', 'error', 'silent'])
  .default('error');

program
  .command('run')
  .description('make, archive and mail the report of one day')
  .option('--config <file>', 'configuration file', './backup-report.yaml')
  .option(
    '--date <date>',
    'report day, such as 2026-11-19 (default: yesterday in the zone of the plan)',
    date,
  )
  .option('--json', 'answer in JSON')
  .option(
    '--fail-on <what>',
    'end with 5 when a resource that is not waived is non-compliant: non-compliant, or non-compliant:high for that severity and worse',
  )
  .addOption(logLevel)
  .action(async (options) => {
    const { run } = await import('./cli/run.js');
    await finish((output) => run(options, output));
  });

program
  .command('backfill')
  .description('make the reports of a range of days, oldest first; can be stopped and begun again')
  .option('--config <file>', 'configuration file', './backup-report.yaml')
  .requiredOption('--from <date>', 'first report day', date)
  .requiredOption('--to <date>', 'last report day', date)
  .option('--missing', 'leave days that have a report as they are (the default)')
  .option('--revise', 'make a revision of a day whose report would say something else now')
  .option('--mail', 'send the mails of what is made')
  .option('--no-mail', 'send nothing (the default)')
  .option('--shard <i/n>', 'make every n-th day, as the i-th of n processes that share the range')
  .option('--ahead <days>', 'days whose events are read ahead', count, 3)
  .option('--write-empty', 'also write days of which the sources may have nothing any more')
  .option('--json', 'answer in JSON')
  .addOption(
    new Option(
      '--log-level <level>',
      'what to log to standard error (default: info; warn on a terminal)',
    ).choices(['debug', 'info', 'warn', 'error', 'silent']),
  )
  .action(async (options) => {
    const { backfill } = await import('./cli/backfill.js');
    await finish((output) => backfill(options, output));
  });

program
  .command('resend')
  .description('send the mail of an archived day again, under the same Message-ID')
  .option('--config <file>', 'configuration file', './backup-report.yaml')
  .requiredOption('--date <date>', 'report day, such as 2026-11-19', date)
  .option('--to <address...>', 'send the whole report to these addresses, and to nobody else')
  .option('--json', 'answer in JSON')
  .addOption(logLevel)
  .action(async (options) => {
    const { resend } = await import('./cli/resend.js');
    await finish((output) => resend(options, output));
  });

program
  .command('schedule')
  .description('make the report of every day when its time has come, and of those that were missed')
  .option('--config <file>', 'configuration file, once for each plan (default: ./backup-report.yaml)', each)
  .option('--health-port <number>', 'answer /healthz, /readyz and /metrics there (0: any free port)', port)
  .option('--health-host <address>', 'where to listen for that', '127.0.0.1')
  .addOption(logLevel)
  .action(async (options) => {
    const { schedule } = await import('./cli/schedule.js');
    await finish((output) => schedule(options, output));
  });

program
  .command('doctor')
  .description('look whether a run would work, and say what to do where it would not')
  .option('--config <file>', 'configuration file', './backup-report.yaml')
  .option('--json', 'answer in JSON')
  .addOption(warnLevel)
  .action(async (options) => {
    const { doctor } = await import('./cli/doctor.js');
    await finish((output) => doctor(options, output));
  });

program
  .command('demo')
  .description("make two weeks of a company's backup events and the report of each day")
  .option('--directory <folder>', 'where to work', './demo')
  .action(async (options) => {
    const { demo } = await import('./cli/demo.js');
    await finish((output) => demo(options, output));
  });

program
  .command('preview')
  .description('show page, mail and workbook of an archived day, or of the demo, while templates are edited')
  .option(
    '--config <file>',
    'configuration file (default: ./backup-report.yaml, the demo where there is none)',
  )
  .option('--date <date>', 'report day, such as 2026-11-19 (default: the newest in the archive)', date)
  .option('--demo', 'show the demo, in the look of the configuration where there is one')
  .option('--port <number>', 'port on 127.0.0.1 (default: any free one)', port, 0)
  .option('--open', 'open the browser')
  .addOption(warnLevel)
  .action(async (options) => {
    const { preview } = await import('./cli/preview.js');
    await finish((output) => preview(options, output));
  });

program
  .command('init')
  .description('write a commented configuration to start from and, if wanted, a copy of the templates')
  .option('--config <file>', 'file to write; never over another', './backup-report.yaml')
  .option('--templates <folder>', 'copy the templates there, to be changed')
  .addOption(new Option('--language <tag>', 'language of the reports').choices(['en', 'de']))
  .option('--yes', 'ask nothing, take the defaults')
  .action(async (options) => {
    const { init } = await import('./cli/init.js');
    await finish((output) => init(options, output));
  });

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof CommanderError)) throw error;
}

async function finish(command: (output: Output) => Promise<number>) {
  const { reportFailure, standardOutput } = await import('./cli/output.js');
  // Nothing left to wait for, and not done: Node would end without a word.
  const unfinished = (): void => {
    process.exitCode = reportFailure(new Error('the command ended before it was done'), standardOutput);
  };
  process.once('beforeExit', unfinished);
  try {
    process.exitCode = await command(standardOutput);
  } catch (error) {
    process.exitCode = reportFailure(error, standardOutput);
  } finally {
    process.off('beforeExit', unfinished);
  }
}

function date(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) throw new InvalidArgumentError('Write it as 2026-11-19.');
  return value;
}

function count(value: string): number {
  if (/^\d{1,2}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('Write a number up to 99.');
}

function port(value: string): number {
  const number = Number(value);
  if (/^\d{1,5}$/.test(value) && number <= 65_535) return number;
  throw new InvalidArgumentError('Write a number up to 65535.');
}

/** Of an option that may be given several times. */
function each(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
