import picomatch from 'picomatch';

/**
 * The rule that leaves an input out, in words: its own name or that of a folder above it matches; null: none does.
 *
 * @param from parts of the name that begin before this position were asked for by name, and no pattern is for them
 */
export type IgnoreRules = (name: string, from: number) => string | null;

/**
 * Patterns of what is not to be read. One without a slash is for the last part of a name: `README*`; one with a slash
 * is for the whole name: `events/old/*`.
 */
export function createIgnoreRules(patterns: readonly string[]): IgnoreRules {
  const rules = patterns.map((pattern) => ({
    rule: `ignore: ${pattern}`,
    isForWhole: pattern.includes('/'),
    matches: picomatch(pattern.replace(/^\.\//, ''), { dot: true, nonegate: true }),
  }));
  return (name, from) => {
    let end: number;
    for (let start = 0; start <= name.length; start = end + 1) {
      const slash = name.indexOf('/', start);
      end = slash < 0 ? name.length : slash;
      if (start < from || start === end) continue;
      const [whole, part] = [name.slice(0, end), name.slice(start, end)];
      const found = rules.find(({ isForWhole, matches }) => matches(isForWhole ? whole : part));
      if (found !== undefined) return found.rule;
    }
    return null;
  };
}
