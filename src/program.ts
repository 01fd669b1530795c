import { Command, CommanderError, Option } from 'commander';
import { defaultConfig } from './cli/default-config.js';
import {
  countOption,
  dateOption,
  hostOption,
  logLevelOption,
  logLevelShorthands,
  numberOption,
  openLogLevelOption,
  portOption,
  repeatedOption,
  seedOption,
  resultOption,
  refuseTwoLogLevels,
} from './cli/option-values.js';
import { endOnSignals } from './cli/end-by-signal.js';
import type { Output } from './cli/output.js';
import { exitCodeOfAnswer, guardStandardStreams } from './cli/standard-streams.js';
import { ownCommand } from './cli/own-command.js';
import { versionWords } from './cli/tool-version.js';

/** For what needs no log: its module takes longer to load than the answer. */
const plainOutput: Pick<Output, 'note' | 'taken'> = {
  note: (text) => void process.stderr.write(`${text}\n`),
  taken: () => new Promise((resolve) => process.stdout.write('', () => resolve())),
};

endOnSignals();
const streams = guardStandardStreams();

/** How long an open connection may delay the end of the process. */
const leftOpenMs = 5000;
/** The one that the documentation, the image and the files in deploy/ have. */
const defaultHealthPort = 9464;

// Each command is loaded when it is called, so that `--help` is fast.
const program = new Command('backup-report')
  .description('Daily backup compliance reports for Oracle Cloud (OCI).')
  .version(versionWords(), '-V, --version', 'print the name, the version and what it was built from')
  .exitOverride()
  .showHelpAfterError(`(see ${ownCommand()} --help)`)
  .hook('preAction', (_program, command) => refuseTwoLogLevels(command));

const logLevel = logLevelOption('info');
/** For commands whose output is read on a terminal. */
const quietLogLevel = logLevelOption('error');
const { quiet, verbose } = logLevelShorthands();
/** A kind of report of a company's own, for commands that need no configuration. */
const kindOption = new Option(
  '--kind <module>',
  "module with a kind of report of a company's own; repeat it for several",
).argParser(repeatedOption);
const profileWords = 'say where the time goes, by stage, and write a profile of each thread to this folder';

program
  .command('run')
  .description('make, archive and mail the report of one day')
  .option('--config <file>', 'configuration file', defaultConfig)
  .option(
    '--date <date>',
    'report day, such as 2026-11-19 (default: yesterday in the time zone of the plan)',
    dateOption,
  )
  .option('--json', 'print the answer as JSON')
  .option(
    '--fail-on <what>',
    'exit with 5 if a resource that is not waived is non-compliant; with unknown, also if it cannot be said. Add a severity for it and worse: non-compliant:high, unknown:high',
  )
  .option('--profile <folder>', profileWords)
  .addOption(logLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    await finish((output) =>
      profiled(options.profile, output, async () => {
        const { run } = await import('./cli/run.js');
        return run(options, output);
      }),
    );
  });

program
  .command('backfill')
  .description('make the reports of a range of days, oldest first; can be stopped and resumed')
  .option('--config <file>', 'configuration file', defaultConfig)
  .requiredOption('--from <date>', 'first report day', dateOption)
  .requiredOption('--to <date>', 'last report day', dateOption)
  .option('--missing', 'leave days that have a report as they are (the default)')
  .option('--revise', 'also revise days whose report would be different now')
  .option('--mail', 'send mail and notify channels')
  .option('--no-mail', 'notify nobody (the default)')
  .option('--shard <i/n>', 'make every n-th day, as the i-th of n processes that share the range')
  .option('--ahead <days>', 'how many days to read ahead', numberOption, 3)
  .option('--write-empty', 'also write days whose events may have expired at the source')
  .option('--json', 'print the answer as JSON')
  .option('--profile <folder>', profileWords)
  .addOption(openLogLevelOption('info; warn on a terminal'))
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    await finish((output) =>
      profiled(options.profile, output, async () => {
        const { backfill } = await import('./cli/backfill.js');
        return backfill(options, output);
      }),
    );
  });

program
  .command('resend')
  .description('send the mail of an archived day again, with the same Message-ID')
  .option('--config <file>', 'configuration file', defaultConfig)
  .requiredOption('--date <date>', 'report day, such as 2026-11-19', dateOption)
  .option('--to <address...>', 'send the whole report to these addresses only')
  .option('--json', 'print the answer as JSON')
  .addOption(logLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    const { resend } = await import('./cli/resend.js');
    await finish((output) => resend(options, output));
  });

program
  .command('verify')
  .summary('check that an archive is whole, unaltered and complete, without any source')
  .description(
    'Check that an archive is whole, unaltered and complete. Reads nothing but the archive, and changes nothing. ' +
      'Ends with 6 if anything is found, or if there is nothing to verify.',
  )
  .option('--archive <folder>', 'folder of an archive, on any machine: no configuration is needed')
  .option('--config <file>', `configuration file, for the archive of its plan (default: ${defaultConfig})`)
  .option('--plan <name>', 'only this plan (default: each that the folder has; that of the configuration)')
  .addOption(kindOption)
  .option('--from <date>', 'first report day (default: the first in the archive)', dateOption)
  .option('--to <date>', 'last report day (default: the last in the archive)', dateOption)
  .option(
    '--key <file>',
    'public key that you have from elsewhere; repeat it for several: only these count then',
    repeatedOption,
  )
  .option(
    '--checkpoint <file>',
    'saved mail, or its checkpoint: does the archive still have all that it had then? Repeat it for several',
    repeatedOption,
  )
  .option('--rebuild', 'make each day again from what is archived of it, and compare every file')
  .option('--json', 'print the answer as JSON')
  .addOption(quietLogLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    const { verify } = await import('./cli/verify.js');
    await finish((output) => verify(options, output));
  });

program
  .command('schedule')
  .description('make the report of each day when it is due, and of days that were missed')
  .option(
    '--config <file>',
    `configuration file; repeat it for several plans (default: ${defaultConfig})`,
    repeatedOption,
  )
  .option(
    '--health-port <number>',
    'serve /healthz, /readyz and /metrics on this port (0: any free port)',
    portOption,
  )
  .option('--health-host <address>', 'address to serve them on', '127.0.0.1')
  .option(
    '--health-allow-host <name>',
    'further name that callers use for it, such as *.monitoring.svc; repeat it for several',
    hostOption,
  )
  .addOption(logLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    const { schedule } = await import('./cli/schedule.js');
    await finish((output) => schedule(options, output));
  });

program
  .command('health')
  .description('ask a schedule that serves --health-port how it is; ends with 0 if it is well, else with 4')
  .option('--port <number>', 'port that it serves', portOption, defaultHealthPort)
  .option('--host <address>', 'address that it serves', '127.0.0.1')
  .option('--ready', 'ask whether it can make reports, and not only whether it lives')
  .action(async (options) => {
    const { health } = await import('./cli/health.js');
    await finish((output) => health(options, output));
  });

program
  .command('period')
  .description('make, archive and mail the report of a month, a quarter or any days, of archived days alone')
  .option('--config <file>', 'configuration file', defaultConfig)
  .option('--month <month>', 'a month, such as 2026-11')
  .option('--quarter <quarter>', 'a quarter of the calendar, such as 2026-Q4')
  .option('--from <date>', 'first day, such as 2026-11-01', dateOption)
  .option('--to <date>', 'last day, such as 2026-11-08', dateOption)
  .option('--json', 'print the answer as JSON')
  .addOption(logLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    const { period } = await import('./cli/period.js');
    await finish((output) => period(options, output));
  });

program
  .command('doctor')
  .description('check whether a run would work, and say what to do if it would not')
  .option('--config <file>', 'configuration file', defaultConfig)
  .option(
    '--probe-service',
    'instead ask the live Log Analytics what its documents leave open, and print a profile',
  )
  .option('--json', 'print the answer as JSON')
  .addOption(quietLogLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    const { doctor } = await import('./cli/doctor.js');
    const { probeServices } = await import('./cli/probe-services.js');
    const command = options.probeService === true ? probeServices : doctor;
    await finish((output) => command(options, output));
  });

program
  .command('explain')
  .summary('say what became of each record of a file, or why a resource has its verdict')
  .description(
    'Say what became of each record of files, and why: no configuration is needed. Or, with --resource and --date, why ' +
      'a resource has its verdict on an archived day, from its records to its rules.',
  )
  .argument('[files...]', 'files, folders or globs; - reads standard input')
  .option('--resource <id or name>', 'resource of a report: its OCID or its name')
  .option('--date <date>', 'day of that report, such as 2026-11-19', dateOption)
  .option('--config <file>', `configuration file, with --resource (default: ${defaultConfig})`)
  .option('--report <kind>', 'kind of report that takes the records of files (default: backup-compliance)')
  .addOption(kindOption)
  .option(
    '--json',
    'print JSON; for files one object a line: {"file":…} and its {"record":…} in order, {"totals":…} at the end',
  )
  .addOption(quietLogLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (files, options) => {
    const { explain } = await import('./cli/explain.js');
    await finish((output) => explain(files, options, output));
  });

program
  .command('status')
  .description(
    'show as a calendar what the archive has of each day, and what to do about the days that are missing',
  )
  .option('--config <file>', 'configuration file', defaultConfig)
  .option('--archive <folder>', 'a folder that is an archive or a copy of one, instead of a configuration')
  .option('--plan <name>', 'plan of that folder, where it has several')
  .addOption(kindOption)
  .option('--from <date>', 'first day (default: the first in the archive)', dateOption)
  .option('--to <date>', 'last day (default: the last one whose report is due)', dateOption)
  .option('--json', 'print the answer as JSON')
  .addOption(quietLogLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    const { status } = await import('./cli/status.js');
    await finish((output) => status(options, output));
  });

program
  .command('export')
  .summary('pack the days of a range for an auditor, so that a stranger can check them')
  .description(
    'Pack every revision of the days of a range with manifests, signatures and keys, a page to look through them, the sums ' +
      'of all files and a guide that says how they are checked without this program. ' +
      'Or write what the reports say for other programs: OSCAL assessment results, OCSF compliance findings.',
  )
  .option('--config <file>', 'configuration file', defaultConfig)
  .option('--archive <folder>', 'a folder that is an archive or a copy of one, instead of a configuration')
  .option('--plan <name>', 'plan of that folder, where it has several')
  .addOption(kindOption)
  .requiredOption('--from <date>', 'first day', dateOption)
  .requiredOption('--to <date>', 'last day', dateOption)
  .requiredOption('--out <file>', 'file to write: .zip or .tar.gz; a document of another format has any name')
  .addOption(
    new Option('--format <format>', 'what to write').choices(['package', 'oscal', 'ocsf']).default('package'),
  )
  .option('--assessment-plan <href>', 'where the assessment plan is that --format oscal refers to')
  .option('--overwrite', 'take the place of a file of that name')
  .option('--sample <number>', 'draw so many jobs for testing', countOption)
  .option('--seed <number>', 'by which they are drawn: the same seed draws the same jobs', seedOption)
  .option('--json', 'print the answer as JSON')
  .addOption(quietLogLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async ({ format, ...options }) => {
    if (format === 'package') {
      const { exportDays } = await import('./cli/export.js');
      await finish((output) => exportDays(options, output));
      return;
    }
    const { exportDocument } = await import('./cli/export-document.js');
    await finish((output) => exportDocument({ ...options, format }, output));
  });

program
  .command('index')
  .description('write a page that leads to every day of the archive, into a folder or a bucket outside of it')
  .option('--config <file>', 'configuration file', defaultConfig)
  .option('--archive <folder>', 'a folder that is an archive or a copy of one, instead of a configuration')
  .option('--plan <name>', 'plan of that folder, where it has several')
  .addOption(kindOption)
  .option('--from <date>', 'first day (default: the first in the archive)', dateOption)
  .option('--to <date>', 'last day (default: the last one whose report is due)', dateOption)
  .option('--out <folder>', 'folder to write to; pages that are there are written over')
  .option('--bucket <name>', "bucket to write to, in the region of the archive's; never that of the archive")
  .option('--prefix <prefix>', 'what the names of the pages in the bucket begin with, such as backups/', '')
  .option('--json', 'print the answer as JSON')
  .addOption(quietLogLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    const { index } = await import('./cli/archive-index.js');
    await finish((output) => index(options, output));
  });

program
  .command('forward')
  .description(
    'send what Data Safe has collected since the last time to a log of OCI Logging, each record once',
  )
  .option('--config <file>', 'configuration file', defaultConfig)
  .option('--json', 'print the answer as JSON')
  .addOption(logLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    const { forward } = await import('./cli/forward.js');
    await finish((output) => forward(options, output));
  });

program
  .command('demo')
  .description("make two weeks of an invented company's backup events and the report of each day")
  .option('--directory <folder>', 'folder to write to', './demo')
  .option('--report <kind>', 'kind of report (default: backup-compliance)')
  .action(async (options) => {
    const { demo } = await import('./cli/demo.js');
    await finish((output) => demo(options, output));
  });

program
  .command('templates')
  .description('check the templates of reports')
  .command('check')
  .description('render every template in every language with made-up days, and name every fault')
  .option(
    '--config <file>',
    `configuration file (default: ${defaultConfig}; the shipped templates if there is none)`,
  )
  .option('--json', 'print the answer as JSON')
  .action(async (options) => {
    const { templatesCheck } = await import('./cli/templates-check.js');
    await finish((output) => templatesCheck(options, output));
  });

const keys = program
  .command('keys')
  .description('make, publish, list, change and revoke the keys that sign reports; sign reports later');

keys
  .command('create')
  .description('make an Ed25519 key pair; no configuration is needed')
  .requiredOption('--out <file>', 'file for the private key; an existing file is never overwritten')
  .option('--name <name>', 'what people call the key')
  .option('--json', 'print the answer as JSON')
  .action(async (options) => {
    const { createKey } = await import('./cli/keys-create.js');
    await finish((output) => createKey(options, output));
  });

keys
  .command('publish')
  .description('put the public key of the plan into its archive, with its validity; a run does so by itself')
  .option('--config <file>', 'configuration file', defaultConfig)
  .option(
    '--valid-from <time>',
    'first time at which it may sign, as 2026-11-19T00:00:00Z (default: yesterday)',
  )
  .option('--valid-to <time>', 'first time at which it may not sign any more (default: none)')
  .option('--json', 'print the answer as JSON')
  .addOption(quietLogLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    const { publishPlanKey } = await import('./cli/keys-publish.js');
    await finish((output) => publishPlanKey(options, output));
  });

keys
  .command('list')
  .description('list the public keys in the archive of the plan')
  .option('--config <file>', 'configuration file', defaultConfig)
  .option('--json', 'print the answer as JSON')
  .addOption(quietLogLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    const { listKeys } = await import('./cli/keys-list.js');
    await finish((output) => listKeys(options, output));
  });

keys
  .command('rotate')
  .description('say how to go over to another key')
  .option('--config <file>', 'configuration file', defaultConfig)
  .option('--json', 'print the answer as JSON')
  .action(async (options) => {
    const { rotateKey } = await import('./cli/keys-rotate.js');
    await finish((output) => rotateKey(options, output));
  });

keys
  .command('revoke')
  .description('put on record, for good, that a key is not to be trusted from a time on')
  .argument('<keyid>', 'id of the key, or its first 8 digits and more')
  .requiredOption('--at <time>', 'when somebody else may have got it, as 2026-11-19T07:00:00Z')
  .requiredOption('--reason <text>', 'why')
  .option('--config <file>', 'configuration file', defaultConfig)
  .option('--json', 'print the answer as JSON')
  .addOption(quietLogLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (keyId, options) => {
    const { revokePlanKey } = await import('./cli/keys-revoke.js');
    await finish((output) => revokePlanKey(keyId, options, output));
  });

keys
  .command('sign')
  .description('sign revisions that have no signature, also those that were made before the plan signed')
  .option('--config <file>', 'configuration file', defaultConfig)
  .requiredOption('--from <date>', 'first report day', dateOption)
  .requiredOption('--to <date>', 'last report day', dateOption)
  .option('--json', 'print the answer as JSON')
  .addOption(quietLogLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    const { signDays } = await import('./cli/keys-sign.js');
    await finish((output) => signDays(options, output));
  });

const attest = program.command('attest').description('put on record what people found out, for the reports');

attest
  .command('restore-test')
  .description('attest that a restore of a resource was tested, and with which result')
  .requiredOption('--resource <resource>', 'its OCID or its name, as in the newest report')
  .addOption(resultOption().makeOptionMandatory())
  .requiredOption('--ticket <ticket>', 'where the test is on record')
  .requiredOption('--by <person>', 'who attests it')
  .option('--at <time>', 'when the test was over, as 2026-11-19T07:00:00Z (default: now)')
  .option('--point <id>', 'id of the backup that was restored')
  .option('--note <text>', 'more, in words')
  .option(
    '--file <file>',
    'file that shows it, of which the digest is archived; may be given again',
    repeatedOption,
  )
  .option('--config <file>', 'configuration file', defaultConfig)
  .option('--json', 'print the answer as JSON')
  .addOption(quietLogLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    const { attestRestoreTest } = await import('./cli/attest-restore-test.js');
    await finish((output) => attestRestoreTest(options, output));
  });

program
  .command('preview')
  .description(
    'show the page, mail and workbook of an archived day, or of the demo, while you edit templates',
  )
  .option('--config <file>', `configuration file (default: ${defaultConfig}; the demo if there is none)`)
  .option('--date <date>', 'report day, such as 2026-11-19 (default: the newest in the archive)', dateOption)
  .option('--demo', 'show the demo, with the theme of the configuration if there is one')
  .option('--port <number>', 'port on 127.0.0.1 (0: any free port)', portOption, 0)
  .option('--open', 'open it in the browser')
  .addOption(quietLogLevel)
  .addOption(quiet)
  .addOption(verbose)
  .action(async (options) => {
    const { preview } = await import('./cli/preview.js');
    await finish((output) => preview(options, output));
  });

program
  .command('init')
  .description('write a commented configuration to start from and, if wanted, a copy of the templates')
  .option('--config <file>', 'file to write; an existing file is never overwritten', defaultConfig)
  .option('--templates <folder>', 'copy the templates to this folder, for editing')
  .addOption(new Option('--language <tag>', 'language of the reports').choices(['en', 'de']))
  .option('--report <kind>', 'kind of report, such as tenancy-changes (default: backup-compliance)')
  .option('--yes', 'ask nothing and accept the defaults')
  .action(async (options) => {
    const { init } = await import('./cli/init.js');
    await finish((output) => init(options, output));
  });

program
  .command('completion')
  .description('print a script that has a shell complete commands, options and their values')
  .argument('<shell>', 'bash, zsh or fish')
  .action(async (shell) => {
    const { completion } = await import('./cli/completion.js');
    await finish(async (output) => completion(shell, program, output));
  });

nameHelpOf(program, ownCommand());
await start();

/** What is wrong with an option is answered with the help of its command. */
function nameHelpOf(parent: Command, called: string): void {
  for (const command of parent.commands) {
    command.showHelpAfterError(`(see ${called} ${command.name()} --help)`);
    nameHelpOf(command, `${called} ${command.name()}`);
  }
}

async function start(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof CommanderError)) throw error;
    // Help, or the version.
    if (process.exitCode === 0) process.exitCode = await exitCodeOfAnswer(0, streams, plainOutput);
    if (process.exitCode === 2) await answerFailure(error);
  } finally {
    // Once there is nothing left to do. By itself Node would free its memory piece by piece before it ends.
    process.once('beforeExit', () => process.exit());
  }
}

/** With --json, the answer to a program is JSON whatever happens. */
async function answerFailure(error: unknown) {
  const { failureAnswer, isJsonWanted } = await import('./cli/failure-answer.js');
  if (!isJsonWanted(process.argv.slice(2))) return;
  const { standardOutput } = await import('./cli/output.js');
  standardOutput.answer(failureAnswer(error, Number(process.exitCode)));
}

/** What measures is loaded only where it is asked for. */
async function profiled(
  folder: string | undefined,
  output: Output,
  command: () => Promise<number>,
): Promise<number> {
  if (folder === undefined) return command();
  const { profileCommand } = await import('./cli/profile-command.js');
  return profileCommand(folder, output, command);
}

async function finish(command: (output: Output) => Promise<number>) {
  const { reportFailure, standardOutput } = await import('./cli/output.js');
  // With nothing left to wait for, Node would exit silently before the command is finished.
  const unfinished = (): void => {
    process.exitCode = reportFailure(new Error('the command ended before it was finished'), standardOutput);
  };
  process.once('beforeExit', unfinished);
  try {
    const { runIdOf } = await import('./cli/run-id.js');
    const output = { ...standardOutput, runId: runIdOf(process.env) };
    process.exitCode = await exitCodeOfAnswer(await command(output), streams, standardOutput);
  } catch (thrown) {
    const { environmentFailure } = await import('./cli/environment-failure.js');
    const error = environmentFailure(thrown) ?? thrown;
    process.exitCode = reportFailure(error, standardOutput);
    await answerFailure(error);
  } finally {
    process.off('beforeExit', unfinished);
    // What was left behind, such as a source that hangs, must not keep the process. Otherwise it ends before this fires.
    setTimeout(() => process.exit(), leftOpenMs).unref();
  }
}
