import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axe-findings.js';
import { keepPicture, openPages } from '../support/page-browser.js';
import { incompleteParts, sampleReport } from '../support/sample-report.js';
import { englishTheme, makeTheme } from '../support/theme.js';

let pages: Awaited<ReturnType<typeof openPages>>;

beforeAll(async () => {
  pages = await openPages();
});

afterAll(async () => {
  await pages.close();
});

describe('report.html in a browser', () => {
  let addresses: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const report = sampleReport(incompleteParts());
    const english = await pages.write('en.html', report, englishTheme);
    addresses = { english, german: await pages.write('de.html', report, await makeTheme('de')) };
  });

  it.each([320, 390, 768, 1280])(
    'never scrolls sideways at %i pixels, with script and without',
    async (width) => {
      for (const address of Object.values(addresses)) {
        for (const script of [true, false]) {
          const { page } = await pages.visit(address, { width, script });
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
          await page.close();
        }
      }
    },
  );

  it.each([
    [390, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('gives axe nothing to find at %i pixels, %s', async (width, scheme) => {
    for (const [language, address] of Object.entries(addresses)) {
      const { page } = await pages.visit(address, { width, scheme });
      expect(await axeFindings(page)).toEqual([]);
      await keepPicture(page, `page-${language}-${width}-${scheme}`);
      await page.close();
    }
  });
});

/** Pairs of texts of one drawing that lie upon each other, as a person would see them. */
const overlaps = `[...document.querySelectorAll('#glance ~ * svg')].flatMap((svg) => {
  const texts = [...svg.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()]);
  return texts.flatMap(([one, a], index) =>
    texts.slice(index + 1).flatMap(([other, b]) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      return wide > 0.5 && high > 1 ? [one + ' / ' + other] : [];
    }),
  );
})`;

describe('the drawings of the page', () => {
  it.each([375, 1280])('have no text upon another at %i pixels, in either language', async (width) => {
    const report = sampleReport(incompleteParts());
    for (const theme of [englishTheme, await makeTheme('de')]) {
      const { page } = await pages.visit(await pages.write('drawn.html', report, theme), { width });
      expect(await page.evaluate("document.querySelectorAll('#glance ~ * svg text').length")).toBeGreaterThan(
        50,
      );
      expect(await page.evaluate(overlaps)).toEqual([]);
      await page.close();
    }
  });

  it('lead from a square to its resources, by mouse and by keyboard', async () => {
    const address = await pages.write('squares.html', sampleReport(), englishTheme);
    const { page, complaints } = await pages.visit(address);
    const square = 'a[href="#type=volume&hour=02"]';
    await page.click(square);
    expect(await page.evaluate('location.hash')).toContain('type=volume');
    await page.evaluate('document.querySelector(\'a[href="#type=database&hour=01"]\').focus()');
    await page.keyboard.press('Tab');
    const focused = await page.evaluate("document.activeElement.getAttribute('href')");
    expect(focused).toBe('#type=%3Cb%3Eodd%3C%2Fb%3E&hour=04');
    const stroke = "getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth";
    expect(await page.evaluate(stroke)).toBe('2px');
    expect(complaints).toEqual([]);
  });
});
