import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { jobStatuses } from '../../src/reports/backup-compliance/model/backup-job.js';
import { outcomes } from '../../src/reports/backup-compliance/model/verdict.js';
import {
  type ChartColours,
  colourClasses,
  darkColours,
  inkOn,
  lightColours,
  statusColour,
} from '../../src/reports/backup-compliance/views/charts/colours.js';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Full dichromacy: Machado, Oliveira and Fernandes 2009, table 1, severity 1.0, on linear RGB. */
const deuteranopia: Matrix = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
];
const protanopia: Matrix = [
  [0.152286, 1.052583, -0.204868],
  [0.114503, 0.786281, 0.099216],
  [-0.003882, -0.048116, 1.051998],
];
const asItIs: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

function linear(colour: string): Triple {
  const part = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

function times(matrix: Matrix, [r, g, b]: Triple): Triple {
  const row = ([x, y, z]: Triple): number => Math.min(1, Math.max(0, x * r + y * g + z * b));
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

/** OKLab (bottosson.github.io/posts/oklab): distances are about as large as they look. */
function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** How different two colours look to who sees by this matrix; 0.02 is just seen side by side. */
function distance(one: string, other: string, matrix: Matrix): number {
  const [a, b] = [oklab(times(matrix, linear(one))), oklab(times(matrix, linear(other)))];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function luminance(colour: string): number {
  const [r, g, b] = linear(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function coloursOf({ outcomes: ofOutcomes, canceled }: ChartColours): readonly (readonly [string, string])[] {
  return [...outcomes.map((outcome) => [outcome, ofOutcomes[outcome]] as const), ['CANCELED', canceled]];
}

function pairs<T>(list: readonly T[]): readonly (readonly [T, T])[] {
  return list.flatMap((one, index) => list.slice(index + 1).map((other) => [one, other] as const));
}

/** Drawings stand on cards, dots of legends on the page, too. */
const schemes = [
  ['light', lightColours, '#f5f6f8'],
  ['dark', darkColours, '#12161c'],
] as const;

describe.each(schemes)('the colours of outcomes and statuses, %s', (scheme, colours, page) => {
  it('are all different, so that each is found again in a drawing', () => {
    const { inkOnWarnings, text, soft, line, ground, gap } = colours;
    const all = [
      ...coloursOf(colours).map(([, colour]) => colour),
      inkOnWarnings,
      text,
      soft,
      line,
      ground,
      gap,
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(colourClasses(colours).size).toBe(all.length);
  });

  it.each(coloursOf(colours))('%s has a contrast of 3:1 against its ground', (_, colour) => {
    expect(contrast(colour, colours.ground)).toBeGreaterThanOrEqual(3);
    expect(contrast(colour, page)).toBeGreaterThanOrEqual(3);
  });

  it.each(jobStatuses)('a number on %s has a contrast of 4.5:1', (status) => {
    expect(contrast(statusColour(status, colours), inkOn(status, colours))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['as it is', asItIs, 0.07],
    ['under deuteranopia', deuteranopia, 0.07],
    ['under protanopia', protanopia, 0.055],
  ] as const)('can be told apart %s', (_, matrix, least) => {
    const alike = pairs(coloursOf(colours))
      .filter(([[, one], [, other]]) => distance(one, other, matrix) < least)
      .map(([[one], [other]]) => `${one} and ${other}`);
    expect(alike).toEqual([]);
  });

  it.each(pairs(['FAILED', 'MISSED', 'SUCCEEDED', 'SUCCEEDED_WITH_WARNINGS'] as const))(
    '%s and %s are far apart under deuteranopia',
    (one, other) => {
      expect(distance(colours.outcomes[one], colours.outcomes[other], deuteranopia)).toBeGreaterThan(0.1);
    },
  );

  it('are those of the style sheet', async () => {
    const sheet = await readFile(new URL('templates/report.css', packageRoot), 'utf8');
    const [light = '', dark = ''] = sheet.split('@media screen and (prefers-color-scheme: dark)');
    const names = { UNKNOWN: 'unknown-outcome' } as const;
    for (const [name, colour] of coloursOf(colours)) {
      const variable = name === 'UNKNOWN' ? names[name] : name.toLowerCase().replaceAll('_', '-');
      const [, written] =
        new RegExp(`--${variable}: (#[0-9a-f]{6});`).exec(scheme === 'light' ? light : dark) ?? [];
      expect([name, written]).toEqual([name, colour]);
    }
  });
});
