import { type CallGate, CallsSpentError } from '../../http/call-gate.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { secondMs } from '../../base/time-units.js';

/** A gate within another: calls begin only within so many milliseconds from now. */
export function timeBox(inner: CallGate, limitMs: number, nowMs: () => number): CallGate {
  const endsAtMs = nowMs() + limitMs;
  const leftMs = (): number => Math.min(inner.leftMs(), endsAtMs - nowMs());
  return {
    enter() {
      if (endsAtMs - nowMs() <= 0) {
        throw new CallsSpentError(
          reasonWords('dataSafeTrailsSlow', { seconds: Math.round(limitMs / secondMs) }),
        );
      }
      inner.enter();
    },
    leftMs,
  };
}
