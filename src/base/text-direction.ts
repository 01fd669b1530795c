/** Scripts that run from right to left: https://www.unicode.org/iso15924/, https://www.w3.org/International/questions/qa-scripts */
const rightToLeft = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa', 'Yezi']);

/** How text in a language runs, for the attribute `dir`; a tag that is none runs from left to right. */
export function textDirection(tag: string): 'ltr' | 'rtl' {
  try {
    const { script } = new Intl.Locale(tag).maximize();
    return script !== undefined && rightToLeft.has(script) ? 'rtl' : 'ltr';
  } catch {
    return 'ltr';
  }
}
