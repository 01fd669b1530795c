#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Output } from './cli/output.js';

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

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof CommanderError)) throw error;
}

async function finish(command: (output: Output) => Promise<number>) {
  const { reportFailure, standardOutput } = await import('./cli/output.js');
  try {
    process.exitCode = await command(standardOutput);
  } catch (error) {
    process.exitCode = reportFailure(error, standardOutput);
  }
}

function date(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) throw new InvalidArgumentError('Write it as 2026-11-19.');
  return value;
}
