const special = /[&<>"']/;
const specials = /[&<>"']/g;

const htmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};

const xmlEntities: Readonly<Record<string, string>> = { ...htmlEntities, "'": '&apos;' };

/** Escapes text for HTML elements and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.toWellFormed().replace(specials, (found) => htmlEntities[found] ?? found);
}

/** Escapes text for XML. Tests first, because few of the millions of texts in a large workbook need it. */
export function escapeXml(text: string): string {
  return special.test(text) ? text.replace(specials, (found) => xmlEntities[found] ?? found) : text;
}
