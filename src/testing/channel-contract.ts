import assert from 'node:assert/strict';
import type { Notice } from '../ports/delivery.js';
import type { OwnChannel } from '../ports/own-module.js';
import type { ContractCase } from './source-contract.js';

/** A channel to a receiver of its own. */
export interface ChannelOnTrial {
  readonly channel: OwnChannel;
  /** How many notices came. */
  received(): number;
  /** From now on the receiver refuses what comes. */
  refuse(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * The comment on Channel as cases.
 *
 * @param make gives a channel to a receiver that has nothing yet, for each case
 * @param notice one to send, such as that of a report of the demo
 */
export function channelContract(
  make: () => Promise<ChannelOnTrial>,
  notice: Notice,
): readonly ContractCase[] {
  const on = (name: string, work: (trial: ChannelOnTrial) => Promise<void>): ContractCase => ({
    name,
    run: async () => {
      const trial = await make();
      try {
        await work(trial);
      } finally {
        await trial.remove();
      }
    },
  });
  return [
    on('hands a notice over once', async ({ channel, received }) => {
      await channel.notify(notice);
      assert.equal(received(), 1);
    }),
    on('throws where a notice is refused', async ({ channel, received, refuse }) => {
      await refuse();
      await assert.rejects(
        async () => channel.notify(notice),
        'it was refused, and the channel says nothing',
      );
      assert.equal(received(), 0);
    }),
  ];
}
