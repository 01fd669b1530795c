import { escapeHtml } from '../../base/escape.js';
import { mapTags } from './draw-chart.js';

export interface ChartText {
  /** Unique on the page; letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  /** What the drawing shows, in one sentence. */
  readonly description: string;
  /** A drawing with links in it is a group; absent: a picture. */
  readonly role?: 'img' | 'group';
}

/**
 * A drawing prepared for the page: with an accessible name and description, as wide as its container, and with a class
 * for each colour, by which the page's style sheet adapts it to dark and light.
 *
 * @param classes of the colours in the drawing, by `#rrggbb`
 */
export function pageChart(
  svg: string,
  { id, title, description, role = 'img' }: ChartText,
  classes: ReadonlyMap<string, string>,
): string {
  const marked = mapTags(svg, (name, attributes) => {
    if (name === 'svg') {
      const viewBox = attributes.filter(([key]) => key === 'viewBox');
      const labels = `${id}-title ${id}-description`;
      return [['class', 'chart'], ...viewBox, ['role', role], ['aria-labelledby', labels]];
    }
    const kept = attributes.filter(([key]) => key !== 'font-family' && key !== 'xml:space');
    const names = kept.flatMap(([key, value]) => colourClass(key, classes.get(value)));
    return names.length === 0 ? kept : [['class', names.join(' ')], ...kept];
  });
  const texts =
    `<title id="${id}-title">${escapeHtml(title)}</title>` +
    `<desc id="${id}-description">${escapeHtml(description)}</desc>`;
  return marked.replace(/(<svg[^>]*>)/, (root) => `${root}${texts}`);
}

/** `chart-line` for a fill, `chart-line-stroke` for a stroke. */
function colourClass(attribute: string, name: string | undefined): readonly string[] {
  if (name === undefined) return [];
  if (attribute === 'fill') return [name];
  return attribute === 'stroke' ? [`${name}-stroke`] : [];
}
