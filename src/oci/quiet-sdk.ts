/* The console is what this file is about. */
/* oxlint-disable no-console */

/** How the SDK's own messages begin. They bypass any logger; ours reports each retry and failure once. */
const ofSdk = /^(?:Request (?:cannot be retried|failed with Exception)|All retry attempts have exhausted)/;

/** Marks a console.warn that is already filtered. */
const quiet = Symbol('quiet');

/** Stops the SDK from writing to the terminal through console.warn; everything else is passed on. */
export function quietSdk(): void {
  if (quiet in console.warn) return;
  const warn = console.warn.bind(console);
  const filtered = (...words: unknown[]): void => {
    if (typeof words[0] === 'string' && ofSdk.test(words[0])) return;
    warn(...words);
  };
  console.warn = Object.assign(filtered, { [quiet]: true });
}
