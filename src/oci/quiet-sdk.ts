/* The console is what this file is about. */
/* oxlint-disable no-console */

/** How the SDK's own messages begin. It has no logger for them; ours reports each retry and failure once. */
const ofSdk = /^(?:Request (?:cannot be retried|failed with Exception)|All retry attempts have exhausted)/;

/** Marks a console.warn that is quiet already. */
const quiet = Symbol('quiet');

/** Keeps the SDK from writing to the terminal by console.warn; everything else goes through. */
export function quietSdk(): void {
  if (quiet in console.warn) return;
  const warn = console.warn.bind(console);
  const filtered = (...words: unknown[]): void => {
    if (typeof words[0] === 'string' && ofSdk.test(words[0])) return;
    warn(...words);
  };
  console.warn = Object.assign(filtered, { [quiet]: true });
}
