import { type BackOff, backOffMs } from './back-off.js';

/** The pauses between the looks at something that others change, without end: the longer the wait, the rarer the looks. Milliseconds. */
export function* pollPauses(pace: BackOff): Generator<number, never> {
  for (let looks = 1; ; looks += 1) yield backOffMs(pace, looks);
}
