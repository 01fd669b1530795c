import { LineCounter } from 'yaml';
import { type ComposedYaml, composeYaml } from './compose-yaml.js';
import { checkAliases } from './yaml-aliases.js';
import type { PlacedFault, YamlFault } from './yaml-fault.js';
import { lineInYaml } from './yaml-line.js';
import { checkSurprises } from './yaml-surprises.js';

export interface ReadYaml {
  /** Plain values, each a tree of its own size at most; null where `isReadable` is false or nothing is there. */
  readonly content: unknown;
  /** Whether `content` is what the text says, apart from the faults. */
  readonly isReadable: boolean;
  /** What is no YAML, or cannot be followed. By line. */
  readonly faults: readonly YamlFault[];
  /** What YAML reads in another way than people do: `010`, `<<`, keys that are there twice. By line. */
  readonly surprises: readonly YamlFault[];
  /** The line of a key or item, or of the nearest around it that exists; null: there is none. */
  readonly lineOf: (keys: readonly PropertyKey[]) => number | null;
}

/**
 * Reads a YAML 1.2 text that a person wrote. It never throws, whatever the text is, and needs no more memory than a few
 * times its size: nesting and aliases have limits. All faults are found at once where the text can be understood.
 */
export function readYaml(text: string): ReadYaml {
  const lines = new LineCounter();
  const { document, errors, isUnderstood }: ComposedYaml = composeYaml(text, lines);
  const told = (faults: readonly PlacedFault[]): readonly YamlFault[] =>
    faults
      .map(({ path, offset, words }) => ({ path, line: Math.max(1, lines.linePos(offset).line), words }))
      .sort((a, b) => a.line - b.line);
  if (document === null || !isUnderstood) {
    return { content: null, isReadable: false, faults: told(errors), surprises: [], lineOf: () => null };
  }
  const aliases = checkAliases(document);
  const surprises = checkSurprises(document);
  return {
    content: aliases.isBounded ? document.toJS({ maxAliasCount: -1 }) : null,
    isReadable: aliases.isBounded,
    faults: told([...errors, ...aliases.faults]),
    surprises: told(surprises),
    lineOf: (keys) => lineInYaml(document, keys, lines),
  };
}
