/** `${VAR}` and `${file:PATH}`: what they stand for is not known before the program runs. */
export const referencePattern = String.raw`\$\{[^}]*\}`;

/**
 * A pattern for JSON Schema, which knows no flags.
 *
 * @returns its source; where case does not count, each letter in both cases
 */
export function patternOf({ source, flags }: RegExp): string {
  return flags.includes('i') ? inBothCases(source) : source;
}

/** What a text must be, or a reference in place of it or of a part of it. */
export function orReference(pattern: string): string {
  return `(?:${pattern})|${referencePattern}`;
}

/** Of a class `[a-f]` the range in both cases, of any other letter a class; what follows a backslash stays. */
function inBothCases(source: string): string {
  let isClass = false;
  return source.replaceAll(/\\.|\[|\]|[a-zA-Z]-[a-zA-Z]|[a-zA-Z]/g, (part) => {
    if (part === '[' || part === ']') {
      isClass = part === '[';
      return part;
    }
    if (part.startsWith('\\')) return part;
    const both = `${part.toLowerCase()}${part.toUpperCase()}`;
    return isClass ? both : `[${both}]`;
  });
}
