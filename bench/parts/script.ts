import { measure } from '../measure.js';
import type { Part } from '../part.js';
import { compiled } from '../paths.js';

/** A part that is a script of its own, which prints its section. */
export function scriptPart(part: Pick<Part, 'name' | 'title' | 'rooms'>, script: string): Part {
  return {
    ...part,
    measure: async () => ({ text: (await measure([compiled(script)])).output.trim(), figures: {} }),
  };
}
