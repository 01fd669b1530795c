/** Shorter texts are in too many words by chance. */
const fewestChars = 6;

/**
 * Puts the names of values in place of the values: what a module says may have its settings in it, and some are secrets.
 *
 * @param name of all of them: `settings`
 * @param values texts at any depth; other values, and texts of less than six characters, stay
 * @returns a function that gives a text with `[settings.token]` where the value of `token` was, as it is or as a URL has it
 */
export function nameValues(name: string, values: unknown): (text: string) => string {
  const named = [...textsIn(values, name)].flatMap(([path, text]): [string, string][] => {
    const inUrl = encodeURIComponent(text);
    return inUrl === text
      ? [[path, text]]
      : [
          [path, text],
          [path, inUrl],
        ];
  });
  // A value may be a part of another one.
  named.sort(([, a], [, b]) => b.length - a.length);
  return (text) => named.reduce((said, [path, value]) => said.replaceAll(value, () => `[${path}]`), text);
}

/** The same for every text in a value, at any depth; what is neither text, list nor plain object stays. */
export function nameValuesIn(given: unknown, naming: (text: string) => string): unknown {
  if (typeof given === 'string') return naming(given);
  if (Array.isArray(given)) return given.map((each) => nameValuesIn(each, naming));
  if (typeof given !== 'object' || given === null || Object.getPrototypeOf(given) !== Object.prototype) {
    return given;
  }
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, nameValuesIn(value, naming)]));
}

function* textsIn(values: unknown, path: string): Generator<readonly [path: string, text: string]> {
  if (typeof values === 'string' && values.length >= fewestChars) yield [path, values];
  if (typeof values !== 'object' || values === null) return;
  for (const [key, value] of Object.entries(values)) yield* textsIn(value, `${path}.${key}`);
}
