import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPages } from '../support/page-browser.js';
import { incompleteParts, reportOf, sampleReport, sampleResource } from '../support/sample-report.js';
import { englishTheme } from '../support/theme.js';

let pages: Awaited<ReturnType<typeof openPages>>;
let english: string;

beforeAll(async () => {
  pages = await openPages();
  english = await pages.write('en.html', sampleReport(incompleteParts()), englishTheme);
});

afterAll(async () => {
  await pages.close();
});

describe('report.html on a screen', () => {
  it('colours its drawings in both schemes', async () => {
    const fill = "getComputedStyle(document.querySelector('path.chart-failed')).fill";
    const light = await pages.visit(english, { scheme: 'light' });
    const dark = await pages.visit(english, { scheme: 'dark' });
    expect(await light.page.evaluate(fill)).toBe('rgb(165, 20, 8)');
    expect(await dark.page.evaluate(fill)).toBe('rgb(255, 93, 76)');
  });

  it('shows the reasons for INCOMPLETE on the first screen of a phone', async () => {
    const { page } = await pages.visit(english, { width: 390 });
    const bottom = await page.evaluate("document.querySelector('.alarm').getBoundingClientRect().bottom");
    expect(bottom).toBeLessThan(844);
  });

  it('has every way in by keyboard: first to the exceptions, and a visible focus', async () => {
    const { page } = await pages.visit(english);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('#exceptions');
    expect(await page.evaluate('document.activeElement.getBoundingClientRect().top')).toBeGreaterThanOrEqual(
      0,
    );
  });
});

describe('report.html on paper', () => {
  it('is black on white, without controls, with everything that is folded up on the screen', async () => {
    const { page } = await pages.visit(english, { scheme: 'dark', script: false });
    await page.emulateMediaType('print');
    const colours =
      '(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))';
    expect(await page.evaluate(colours)).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    const verdict =
      "(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.querySelector('.verdict')))";
    expect(await page.evaluate(verdict)).toEqual(['rgb(0, 0, 0)', 'rgba(0, 0, 0, 0)']);
    const height = (selector: string) => page.evaluate(`document.querySelector('${selector}').offsetHeight`);
    expect(await height('.jump')).toBe(0);
    expect(await height('.bar nav')).toBe(0);
    expect(await height('.exception details dl')).toBeGreaterThan(20);
    expect(await height('.signatures')).toBeGreaterThan(50);
    expect(await height('table.trend')).toBeGreaterThan(100);
  });

  it('repeats the heads of its tables and cuts no row', async () => {
    const report = reportOf(
      Array.from({ length: 90 }, (_, index) => sampleResource({ resourceName: `ROW-${1000 + index}` })),
    );
    const { page } = await pages.visit(await pages.write('print.html', report, englishTheme));
    const pdf = await page.pdf({ format: 'A4', path: join(pages.directory, 'print.pdf') });
    const count =
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(count).toBeGreaterThan(3);
    await page.emulateMediaType('print');
    const style = (selector: string, name: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).${name}`);
    expect(await style('#all thead', 'display')).toBe('table-header-group');
    // A button in a head is not painted again on the next page; its text is.
    expect(await style('#all thead button', 'display')).toBe('contents');
    expect(await style('#all tbody tr', 'breakInside')).toBe('avoid');
    const folder = process.env['SCREENSHOTS'];
    if (folder !== undefined && folder !== '') await writeFile(join(folder, 'page.pdf'), pdf);
  });
});
