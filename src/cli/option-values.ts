import { type Command, InvalidArgumentError, Option } from 'commander';

/** @throws InvalidArgumentError for anything that does not look like a date */
export function dateOption(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) throw new InvalidArgumentError('Write it as 2026-11-19.');
  return value;
}

/** @throws InvalidArgumentError for anything but 0 to 99 */
export function numberOption(value: string): number {
  if (/^\d{1,2}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('Write a number up to 99.');
}

/** @throws InvalidArgumentError for anything but 1 to 10000 */
export function countOption(value: string): number {
  if (/^[1-9]\d{0,3}$|^10000$/.test(value)) return Number(value);
  throw new InvalidArgumentError('Write a number from 1 to 10000.');
}

/** Stays text, because it becomes a part of one. @throws InvalidArgumentError for anything but up to 18 digits */
export function seedOption(value: string): string {
  if (/^\d{1,18}$/.test(value)) return value;
  throw new InvalidArgumentError('Write a whole number.');
}

/** @throws InvalidArgumentError for anything but 0 to 65535 */
export function portOption(value: string): number {
  const number = Number(value);
  if (/^\d{1,5}$/.test(value) && number <= 65_535) return number;
  throw new InvalidArgumentError('Write a number up to 65535.');
}

/** What came of a test. */
export function resultOption(): Option {
  return new Option('--result <result>', 'what came of it').choices(['passed', 'failed']);
}

/** For an option that may be given several times. */
export function repeatedOption(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/**
 * A name of a server, or `*.` and a name for everything below it; may be given several times.
 *
 * @throws InvalidArgumentError for anything else: a port, a URL
 */
export function hostOption(value: string, before: readonly string[] = []): readonly string[] {
  if (!/^(?:\*\.)?[\w.-]+$|^\[?[\da-f:.]*:[\da-f:.]*\]?$/i.test(value) || /^[^:]*:\d+$/.test(value)) {
    throw new InvalidArgumentError('Write a name or an address without a port: reports.example.com.');
  }
  return [...before, value];
}

export function logLevelOption(standard: string): Option {
  return levelOption('least severe messages to log to standard error').default(standard);
}

/** For a command whose default level depends on where it runs. */
export function openLogLevelOption(standard: string): Option {
  return levelOption(`least severe messages to log to standard error (default: ${standard})`);
}

/** Shorthands of the level of the log. Answers and errors are the same with each. */
export function logLevelShorthands(): { readonly quiet: Option; readonly verbose: Option } {
  return {
    quiet: new Option('--quiet', 'log errors alone: --log-level error').implies({ logLevel: 'error' }),
    verbose: new Option('--verbose', 'log everything: --log-level debug').implies({ logLevel: 'debug' }),
  };
}

/** Refuses two levels of the log at once. Commander's own `conflicts` would refuse the level that a shorthand implies, too. */
export function refuseTwoLogLevels(command: Command): void {
  const isGiven = (name: string): boolean => command.getOptionValueSource(name) === 'cli';
  const [first, second] = [
    isGiven('quiet') ? '--quiet' : '',
    isGiven('verbose') ? '--verbose' : '',
    isGiven('logLevel') ? '--log-level <level>' : '',
  ].filter((name) => name !== '');
  if (second !== undefined) {
    command.error(`error: option '${first}' cannot be used with option '${second}'`, {
      code: 'commander.conflictingOption',
    });
  }
}

function levelOption(description: string): Option {
  return new Option('--log-level <level>', description).choices(['debug', 'info', 'warn', 'error', 'silent']);
}
