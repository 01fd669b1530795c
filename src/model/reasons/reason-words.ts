import { type ReasonCode, reasonTable } from './reason-table.js';

type NameOf<Placeholder extends string> = Placeholder extends `${infer Name}#${string}` ? Name : Placeholder;

type NamesOf<Sentence extends string> = Sentence extends `${string}{${infer Placeholder}}${infer Rest}`
  ? NameOf<Placeholder> | NamesOf<Rest>
  : never;

/** The names of the values that a reason asks for. */
type AskedBy<Code extends ReasonCode> = NamesOf<(typeof reasonTable)[Code]>;

type Values<Code extends ReasonCode> = [AskedBy<Code>] extends [never]
  ? []
  : [values: Readonly<Record<AskedBy<Code>, string | number>>];

/**
 * Why something is not whole, in English: what adapters tell, and what logs, evidence and manifests keep. A report says
 * it in its own language by `sayReason`, which knows each sentence that is made here.
 */
export function reasonWords<Code extends ReasonCode>(code: Code, ...asked: Values<Code>): string {
  return filledReason(code, asked[0] ?? {});
}

/** The same where the code is not known beforehand: a value that is missing is left out. */
export function filledReason(code: ReasonCode, values: Readonly<Record<string, string | number>>): string {
  return reasonTable[code].replaceAll(placeholders, (_: string, name: string, nouns?: string) =>
    filled(values[name] ?? '', nouns),
  );
}

/** A name, and after `#` the words for one and for many. */
export const placeholders: RegExp = /\{(\w+)(?:#([^}]*))?\}/g;

function filled(value: string | number, nouns = ''): string {
  const [one, many] = nouns.split('|');
  if (many === undefined) return String(value);
  return `${value} ${Number(value) === 1 ? one : many}`;
}
