import { isJoined, startJoined } from './joined-code.js';

/**
 * Starts the program: the modules that the build has joined (dist/app), which Node loads in a fraction of the time; the
 * plain ones where they are not there, and for --profile, whose stages are the rooms of src.
 */
export async function start(): Promise<void> {
  const isProfiled = process.argv.some((each) => /^--profile(?:=|$)/.test(each));
  if (isJoined() && !isProfiled) startJoined();
  else await import('./program.js');
}
