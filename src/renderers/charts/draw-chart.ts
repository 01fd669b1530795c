import { createRequire } from 'node:module';
import type { EChartsCoreOption, init } from 'echarts/core';

/** Size of a chart, in CSS pixels. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** One attribute of a tag. */
type Attribute = readonly [name: string, value: string];

/** What the library adds for scripts in a browser; there are none. */
const interactive = /^(?:ecmeta_|pointer-events$|class$)/;

/**
 * Draws a chart as SVG text. The result depends on the option alone, not on charts drawn before. It contains no style
 * elements or attributes, so that it can be part of a page whose policy forbids them.
 */
export function drawChart(option: EChartsCoreOption, { width, height }: ChartSize): string {
  const chart = loadLibrary().init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    return plainSvg(chart.renderToSVGString());
  } finally {
    // Without this the process stays alive.
    chart.dispose();
  }
}

/**
 * Loaded through CommonJS as a single file of the usual charts, and only for the first chart: its hundreds of modules take
 * several times as long to load, and most commands draw nothing.
 */
function loadLibrary(): { readonly init: typeof init } {
  return createRequire(import.meta.url)('echarts/dist/echarts.common.min.js') as {
    readonly init: typeof init;
  };
}

/** Text is escaped by the library, quotes included: none of it looks like a tag or an attribute. */
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

/** `font-size:12px;font-family:sans-serif;` as separate attributes. */
function declarations(style: string): readonly Attribute[] {
  return style.split(';').flatMap((declaration) => {
    const colon = declaration.indexOf(':');
    return colon < 0 ? [] : [[declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim()]];
  });
}

/**
 * The same drawing with other attributes.
 *
 * @param map takes the name and the attributes of a tag, and returns its new attributes
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
