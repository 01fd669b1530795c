import { escapeHtml } from '../../base/escape.js';

/** An element of a drawing as text: attributes and text escaped, nothing that a content security policy forbids. */
export function svgElement(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly string[]
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeHtml(String(value))}"`);
  const start = `<${name}${written.join('')}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`;
}

/** Text inside an element. */
export function svgText(text: string): string {
  return escapeHtml(text);
}

/** The whole drawing, as large as its units say. */
export function svgDrawing(
  { width, height }: { readonly width: number; readonly height: number },
  ...children: readonly string[]
): string {
  return svgElement(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}`, xmlns: 'http://www.w3.org/2000/svg' },
    ...children,
  );
}

/** At most so many columns: characters of East Asia are as wide as two others. */
export function fitText(text: string, columns: number): string {
  let used = 0;
  let fitting = '';
  for (const character of text) {
    used += (character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
    if (used > columns) return `${[...fitting].slice(0, -1).join('')}…`;
    fitting += character;
  }
  return text;
}
