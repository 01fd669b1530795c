// One day as a function of OCI Functions: the report of yesterday, or of the date in its input, {"date": "2026-11-19"}.
// It answers with what `backup-report run --json` prints and with the exit code. What needs an operator is an error of the
// function (its metric FunctionResponseCount has it): nothing archived, nothing delivered, a wrong configuration, no time left.
import { execFile } from 'node:child_process';
import { handle } from '@fnproject/fdk';

/** Done, INCOMPLETE, non-compliant with --fail-on: there is a report in each case. */
const withReport = new Set([0, 3, 5]);
/** Of the time that the call has, so that the program can end by itself. */
const reserveMs = 10_000;
const longestMs = 300_000;

handle(async (input, context) => {
  const date = input?.date;
  const args = [
    'run',
    '--json',
    '--log-level',
    'warn',
    ...(date === undefined ? [] : ['--date', String(date)]),
  ];
  const { exitCode, answer, log } = await run(args, timeLeftMs(context));
  process.stderr.write(log);
  if (!withReport.has(exitCode))
    throw new Error(`backup-report run ended with ${exitCode}: ${log || answer}`);
  return { exitCode, answer: JSON.parse(answer) };
});

/** Functions names the end of the time; without it, the longest that it allows. */
function timeLeftMs({ deadline }) {
  const leftMs = deadline === null ? longestMs : deadline.getTime() - Date.now();
  return Math.max(1, leftMs - reserveMs);
}

function run(args, timeout) {
  const options = { timeout, killSignal: 'SIGTERM', maxBuffer: 16 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile('backup-report', args, options, (error, answer, log) => {
      resolve({ exitCode: error === null ? 0 : (error.code ?? error.signal), answer, log });
    });
  });
}
