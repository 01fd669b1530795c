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

/** Escapes text for XML. Looks first, because few of the millions of texts in a large workbook need it. */
export function escapeXml(text: string): string {
  return hasSpecial(text) ? text.replace(specials, (found) => xmlEntities[found] ?? found) : text;
}

/** In texts as short as those of cells a loop takes a third of the time of a regular expression. */
function hasSpecial(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 63 && (code === 38 || code === 60 || code === 62 || code === 34 || code === 39)) return true;
  }
  return false;
}
