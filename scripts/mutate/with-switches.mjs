/**
 * A compiled file with all its mutants in it: `mutantOn(id)` decides as it runs which one is wrong, if any.
 *
 * @param {string} text JavaScript
 * @param {{ id: number, whole: { start: number, end: number, wrong: string } }[]} mutants
 */
export function withSwitches(text, mutants) {
  const wholes = new Map();
  for (const { id, whole } of mutants) {
    const key = `${whole.start}-${whole.end}`;
    const { switches = '' } = wholes.get(key) ?? {};
    wholes.set(key, { ...whole, switches: `${switches}mutantOn(${id})?(${whole.wrong}):` });
  }
  const edits = [...wholes.values()].flatMap(({ start, end, switches }) => [
    // The outer of two that begin at one place is opened first.
    { at: start, rank: 1 - end / (text.length + 1), insert: `(${switches}` },
    { at: end, rank: -1, insert: ')' },
  ]);
  edits.sort((a, b) => a.at - b.at || a.rank - b.rank);
  // Threads and processes that tests start have no switch: there all is right. The file's lines stay where they are.
  let result = 'const mutantOn=globalThis.mutantOn??(()=>false);';
  let from = 0;
  for (const { at, insert } of edits) {
    result += text.slice(from, at) + insert;
    from = at;
  }
  return result + text.slice(from);
}
