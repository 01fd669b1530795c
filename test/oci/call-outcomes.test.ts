import { describe, expect, it } from 'vitest';
import { CallOutcomes } from '../../src/oci/call-outcomes.js';

describe('the context of a call', () => {
  it('is known during the call, also of those at the same time', async () => {
    const outcomes = new CallOutcomes();
    const gates = ['first', 'second'].map(() => ({ enter: () => undefined, leftMs: () => 1 }));
    const release = gate();
    const seen = gates.map((each) =>
      outcomes.run(async () => {
        await release.opened;
        return outcomes.contextOf()?.gate === each;
      }, each),
    );
    // A third one that ends before them takes nothing from them.
    await outcomes.run(async () => outcomes.contextOf(), null);
    release.open();
    expect(await Promise.all(seen)).toEqual([true, true]);
  });

  it('is given up with the last call, so that no promise of the process pays for it any more', async () => {
    const outcomes = new CallOutcomes();
    const release = gate();
    const later: Promise<unknown>[] = [];
    await outcomes.run(async () => {
      later.push(release.opened.then(() => outcomes.contextOf()));
      return 0;
    }, null);
    release.open();
    expect(await Promise.all(later)).toEqual([undefined]);
  });
});

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let resolveOpened: (() => void) | undefined;
  const opened = new Promise<void>((resolve) => (resolveOpened = resolve));
  return { opened, open: () => resolveOpened?.() };
}
