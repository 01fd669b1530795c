import pino from 'pino';
import { Failure } from '../errors.js';
import type { Log } from '../ports/log.js';
import { showsColours } from './colours.js';
import { answerInOwnWords, inOwnWords } from './own-command.js';
import { runIdOf } from './run-id.js';

export interface Output {
  /** Answers: standard output. */
  answer(text: string): void;
  /** Notes and errors for a person: standard error. */
  note(text: string): void;
  /** Waits until answers were taken, so that many of them need no memory. Absent: they are taken at once. */
  taken?(): Promise<void>;
  /** Width of the terminal that answers go to. Absent: they go to a file or a program. */
  readonly columns?: number;
  /** The id of this run, for answers to a program. Absent: it has none. */
  readonly runId?: string;
}

export const standardOutput: Output = {
  answer: (text) => {
    process.stdout.write(`${answerInOwnWords(text)}\n`);
  },
  note: (text) => {
    process.stderr.write(`${inOwnWords(text)}\n`);
  },
  // Called back, too, where the reader has closed the pipe.
  taken: () => new Promise((resolve) => process.stdout.write('', () => resolve())),
  ...(process.stdout.isTTY ? { columns: process.stdout.columns } : {}),
};

/** Logs to standard error: readable on a terminal, JSON lines with the id of the run otherwise. */
export async function createLog(level: string): Promise<Log> {
  const logger = process.stderr.isTTY
    ? pino({ level }, await prettyStream())
    : pino({ level, base: { run: runIdOf(process.env) } }, standardError());
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
  };
}

/** How much of the log waits, in bytes, while standard error takes nothing; what is more than that is lost. */
const mostWaiting = 1024 * 1024;

/**
 * A log that cannot be written (a full disk, a closed pipe or terminal) decides nothing. What waits is written when
 * standard error takes it again.
 */
function standardError() {
  const stream = pino.destination({ fd: 2, sync: true, maxLength: mostWaiting });
  stream.on('error', () => undefined);
  return stream;
}

async function prettyStream(): Promise<pino.DestinationStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({
    destination: standardError(),
    colorize: showsColours(true, process.env),
    ignore: 'pid,hostname',
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
  });
}

/** Prints what happened and what to do next. Returns the exit code. */
export function reportFailure(error: unknown, output: Output): number {
  if (error instanceof Failure) {
    output.note(`backup-report: ${error.message}`);
    for (const hint of error.hints) output.note(`  -> ${hint}`);
    return error.kind === 'usage' ? 2 : 4;
  }
  output.note('backup-report: unexpected error; please report it together with the following:');
  output.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
