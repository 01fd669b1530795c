import { createRequire } from 'node:module';
import type { EChartsCoreOption, init } from 'echarts/core';

/** Of a chart, in CSS pixels. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** One attribute of a tag. */
type Attribute = readonly [name: string, value: string];

/** What the library adds for scripts in a browser, which there are none of. */
const interactive = /^(?:ecmeta_|pointer-events$|class$)/;

/**
 * Draws a chart as SVG text. What is drawn depends on the option alone, not on the charts before it. There are no style
 * elements and attributes in it, so that it may stand in a page whose policy forbids them.
 */
export function drawChart(option: EChartsCoreOption, { width, height }: ChartSize): string {
  const chart = loadLibrary().init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    return plainSvg(chart.renderToSVGString());
  } finally {
    // One that is not disposed of keeps the process alive.
    chart.dispose();
  }
}

/**
 * As one file, which CommonJS gets, and when the first chart is drawn: its hundreds of modules take several times as
 * long to load, and most commands draw nothing.
 */
function loadLibrary(): { readonly init: typeof init } {
  return createRequire(import.meta.url)('echarts') as { readonly init: typeof init };
}

/** Text is escaped by the library, quotes too: nothing in it looks like a tag or an attribute. */
function plainSvg(svg: string): string {
  return mapTags(svg.replace(/<style[^>]*>[\s\S]*?<\/style>/g, ''), (name, attributes) =>
    name === 'svg' ? rootAttributes(attributes) : attributes.flatMap(plainAttribute),
  ).replaceAll(/\n+/g, '\n');
}

function rootAttributes(attributes: readonly Attribute[]): readonly Attribute[] {
  return attributes.filter(([name]) => ['width', 'height', 'viewBox', 'xmlns'].includes(name));
}

function plainAttribute([name, value]: Attribute): readonly Attribute[] {
  if (interactive.test(name)) return [];
  return name === 'style' ? declarations(value) : [[name, value]];
}

/** `font-size:12px;font-family:sans-serif;` as attributes of their own. */
function declarations(style: string): readonly Attribute[] {
  return style.split(';').flatMap((declaration) => {
    const colon = declaration.indexOf(':');
    return colon < 0 ? [] : [[declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim()]];
  });
}

/**
 * The same drawing with other attributes.
 *
 * @param map gets the name and the attributes of each tag, and gives its new ones
 */
export function mapTags(
  svg: string,
  map: (name: string, attributes: readonly Attribute[]) => readonly Attribute[],
): string {
  return svg.replace(
    /<([a-zA-Z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g,
    (_, name: string, inner: string, end) => {
      const attributes = [...inner.matchAll(/([\w:-]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']): Attribute => [key, value],
      );
      const written = map(name, attributes).map(([key, value]) => ` ${key}="${value}"`);
      return `<${name}${written.join('')}${end}>`;
    },
  );
}
