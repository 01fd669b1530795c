import { expect, it } from 'vitest';
import { followSignal } from '../../src/base/follow-signal.js';

const reason = new Error('stopped');

it.each([
  ['before it is followed', true],
  ['afterwards', false],
])('a signal that is aborted %s aborts with its reason', (_when, isBefore) => {
  const other = new AbortController();
  if (isBefore) other.abort(reason);
  const { signal } = followSignal(other.signal);
  if (!isBefore) other.abort(reason);
  expect(signal.reason).toBe(reason);
});

it('a signal that is ended is aborted by itself, and the other one is not', () => {
  const other = new AbortController();
  const { signal, end } = followSignal(other.signal);
  expect(signal.aborted).toBe(false);
  end();
  expect([signal.aborted, other.signal.aborted]).toEqual([true, false]);
  other.abort(reason);
  expect(signal.reason).not.toBe(reason);
});
