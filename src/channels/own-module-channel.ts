import { oneLine } from '../base/one-line.js';
import { unlessAborted } from '../base/unless-aborted.js';
import { Failure, explainError } from '../errors.js';
import type { Channel } from '../ports/delivery.js';
import type { OwnChannel } from '../ports/own-module.js';

export interface OwnChannelOptions {
  readonly name: string;
  readonly when: Channel['when'];
  /** How long one notice may take, milliseconds. */
  readonly timeoutMs: number;
  /** Gives what the module says without the values of its settings: some are secrets. */
  readonly naming?: (text: string) => string;
}

const marginMs = 5000;

/**
 * A channel of a company's own as one of ours: it gets a copy of the notice, what it throws is a delivery that was refused, and what
 * takes longer than its time was not delivered.
 */
export function createOwnModuleChannel(
  own: OwnChannel,
  { name, when, timeoutMs, naming = (text) => text }: OwnChannelOptions,
): Channel {
  return {
    name,
    type: 'module',
    when,
    claimMs: timeoutMs + marginMs,
    async notify(notice) {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const notified = Promise.resolve(own.notify(structuredClone(notice)));
        await unlessAborted(notified, signal);
      } catch (error) {
        const words = signal.aborted
          ? `it did not answer within ${timeoutMs / 1000} s`
          : oneLine(naming(explainError(error)));
        throw new Failure('delivery', `channel ${name}: ${words}`, {
          hints: ['Look at what its module does, or ask whoever wrote it.'],
          retryable: error instanceof Failure && error.retryable,
        });
      }
    },
  };
}
