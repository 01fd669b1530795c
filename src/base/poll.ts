import { type BackOff, backOffMs } from './back-off.js';

/** Endless pauses for polling what others change, growing with the time waited. Milliseconds. */
export function* pollPauses(pace: BackOff): Generator<number, never> {
  for (let polls = 1; ; polls += 1) yield backOffMs(pace, polls);
}
