/* The console is what this file is about. */
/* oxlint-disable no-console */

/** How the SDK's own messages begin. It has no logger for them; ours tells of each retry and failure once. */
const ofSdk = /^(?:Request (?:cannot be retried|failed with Exception)|All retry attempts have exhausted)/;

let isQuiet = false;

/** Keeps the SDK from writing to the terminal by console.warn; everything else goes through. */
export function quietSdk(): void {
  if (isQuiet) return;
  isQuiet = true;
  const warn = console.warn.bind(console);
  console.warn = (...words: unknown[]): void => {
    if (typeof words[0] === 'string' && ofSdk.test(words[0])) return;
    warn(...words);
  };
}
