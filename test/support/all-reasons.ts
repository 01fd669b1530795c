import { type ReasonCode, reasonTable } from '../../src/model/reasons/reason-table.js';
import { filledReason, placeholders } from '../../src/model/reasons/reason-words.js';

/** Every reason there is: whoever adds one adds it here. */
export const reasonCodes: readonly ReasonCode[] = Object.keys(reasonTable).filter(
  (code): code is ReasonCode => Object.hasOwn(reasonTable, code),
);

/** A value for each placeholder: `number` for numbers, and texts that no sentence has. */
export function sampleValues(code: ReasonCode, number: number): Readonly<Record<string, string | number>> {
  const found = [...reasonTable[code].matchAll(placeholders)];
  return Object.fromEntries(
    found.map(([, name = '', nouns], at) => [
      name,
      nouns === undefined ? `X${name.toUpperCase()}${at}Q` : number,
    ]),
  );
}

/** The sentence with one and with several of what it counts. */
export function filledInAll(code: ReasonCode): readonly string[] {
  return [1, 2].map((number) => filledReason(code, sampleValues(code, number)));
}
