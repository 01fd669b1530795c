import { Command } from 'commander';
import { mainHere } from './main-here.js';

/** The program as it is made, without any of its commands being run. */
export async function commandLine(): Promise<Command> {
  const { parseAsync } = Command.prototype;
  const made: Command[] = [];
  Command.prototype.parseAsync = async function take(this: Command): Promise<Command> {
    made.push(this);
    return this;
  };
  try {
    await mainHere([], process.cwd());
  } finally {
    Command.prototype.parseAsync = parseAsync;
  }
  const [program] = made;
  if (program === undefined) throw new Error('the program was not made');
  return program;
}

/**
 * Whether the program's own parser takes a command; nothing is run.
 *
 * @returns null, or what it says
 */
export async function faultOfCommand(args: readonly string[]): Promise<string | null> {
  const { action } = Command.prototype;
  Command.prototype.action = function ignore(this: Command): Command {
    return action.call(this, () => {});
  };
  try {
    const { code, stderr } = await mainHere(args, process.cwd());
    return code === 0 ? null : stderr;
  } finally {
    Command.prototype.action = action;
  }
}
