/** Licences (SPDX) under which a package may be used in ours: none asks more of us than to name it and pass its licence on. */
export const permitted = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'CC-BY-4.0',
  'ISC',
  'MIT',
  'MIT-0',
  // Of files: it asks for the text of files that were changed, and we change none.
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
  'UPL-1.0',
  'Zlib',
]);

/** Packages whose package.json names no licence of that list: which one it is, and where that is said. */
export const withoutLicence = {
  buffers: {
    licence: 'none named',
    why: 'exceljs brings it to read workbooks; npm installs it from the registry, and we copy none of it',
  },
  chainsaw: { licence: 'MIT', why: 'its package.json says MIT/X11' },
  slick: { licence: 'MIT', why: 'its package.json says MIT, with an address' },
  traverse: { licence: 'MIT', why: 'its package.json says MIT/X11, its LICENSE has the text' },
};

/**
 * Whether a package may be used by what its package.json says. Of `(A OR B)` one is enough, `(A AND B)` needs both.
 *
 * @param expression of SPDX without nested parentheses
 */
export function isPermitted(expression) {
  const plain = expression.replaceAll(/[()]/g, ' ').trim();
  return plain
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((each) => permitted.has(each.trim())));
}
