import { reasonWords } from '../../../model/reasons/reason-words.js';
import { textOf } from '../package/xml-elements.js';
import type { XmlElement } from '../package/xml-tree.js';
import { type TemplatePlace, workbookFault } from '../template/template-place.js';

/** The format's limit for a header or footer, codes included, and the share of one expression. */
const footerLimit = 255;
const footerFieldLimit = 100;

/**
 * In a header or footer `&` begins a code, so it is doubled in a field's value. The format allows few characters, so
 * each field gets a share of them.
 *
 * @param text resolves a text
 * @throws Failure('usage') that names the place
 */
export function bindFooters(
  headerFooter: XmlElement,
  text: (written: string, where: string) => string,
  place: TemplatePlace,
): XmlElement {
  const children = headerFooter.children.map((child) => {
    const written = typeof child === 'string' ? '' : textOf(child);
    if (typeof child === 'string' || !written.includes('{{')) return child;
    const words = written.replaceAll(/\{\{[^{}]*\}\}/g, (expression) => {
      const letters = [...text(expression, 'header or footer')];
      const shown =
        letters.length > footerFieldLimit ? [...letters.slice(0, footerFieldLimit - 1), '…'] : letters;
      return shown.join('').replaceAll('&', '&&');
    });
    if (words.length > footerLimit)
      throw workbookFault(place, reasonWords('footerTooLong', { number: words.length, limit: footerLimit }));
    return { ...child, children: [words] };
  });
  return { ...headerFooter, children };
}
