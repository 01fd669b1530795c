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

/** Text for HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.toWellFormed().replace(specials, (found) => htmlEntities[found] ?? found);
}

/** Text for XML. A large workbook has millions of texts, and few of them have anything to escape. */
export function escapeXml(text: string): string {
  return special.test(text) ? text.replace(specials, (found) => xmlEntities[found] ?? found) : text;
}
