import { expect, it } from 'vitest';
import { commandBlocksOf, docPages } from '../doc-pages.js';
import type { RunBlock } from './documented-block.js';
import { commandsOf, runCommands } from './run-block.js';
import { isShown, plain } from './shown-output.js';

/** A test for each block: its commands end as they must, and print what the page shows. */
export function runsAsWritten(blocks: readonly RunBlock[]): void {
  it.each(blocks.map((block) => [block.page, block.first, block.in, block] as const))(
    '%s: %s, in %s',
    async (page, first, _in, { lay, now, endless, codes = {}, check }) => {
      const all = (await docPages()).flatMap(commandBlocksOf);
      const block = all.find((each) => each.page === page && each.first === first);
      if (block === undefined) throw new Error('the page has no such block');
      const place = await lay();
      try {
        const calling = {
          ...(now === undefined ? {} : { now }),
          ...(endless === undefined ? {} : { endless }),
        };
        const ran = await runCommands(commandsOf(block.text), place, calling);
        const faults = ran.filter(({ command, code }) => code !== (codes[command] ?? 0));
        expect(faults).toEqual([]);
        const ends = new Set(ran.map(({ command }) => command));
        expect(
          Object.keys({ ...codes, ...endless, ...place.elsewhere }).filter((each) => !ends.has(each)),
        ).toEqual([]);
        const printed = ran.map(({ stdout }) => stdout).join('');
        // What differs is seen where both are compared as they are.
        const isAsShown = block.shown === null || isShown(block.shown, printed);
        expect(isAsShown ? '' : plain(printed)).toBe(isAsShown ? '' : plain(block.shown));
        await check?.(ran, place);
      } finally {
        await place.remove();
      }
    },
  );
}
