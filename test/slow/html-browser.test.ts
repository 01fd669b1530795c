import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { openTheme } from '../../src/renderers/theme.js';
import type { ResourceCompliance } from '../../src/reports/backup-compliance/model/resource-compliance.js';
import { resourceAnchor } from '../../src/reports/backup-compliance/views/page/resource-anchor.js';
import { axeFindings } from '../support/axe-findings.js';
import { keepPicture, openPages } from '../support/page-browser.js';
import {
  failedResource,
  incompleteParts,
  reportOf,
  sampleReport,
  sampleResource,
  sampleSlice,
  sampleWaiver,
} from '../support/sample-report.js';
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

/** A day that is compared with one before, so that its face says what it says on most days. */
function usual(resources: readonly ResourceCompliance[], overrides: Partial<DailyReport> = {}): DailyReport {
  const { previousReport, followUp } = sampleReport();
  return reportOf(resources, { previousReport, followUp, ...overrides });
}

const fleet = Array.from({ length: 40 }, (_, index) => sampleResource({ resourceName: `DB-${index}` }));
const waived = failedResource({ resourceName: 'CRM', waiver: sampleWaiver });
const longName = 'finance-emea-production-oracle-database-of-the-consolidated-general-ledger-'.repeat(3);
const sameCause = Array.from({ length: 3_200 }, (_, index) =>
  failedResource({ resourceName: `DATABASE-${index}` }),
);
/** As a budget that is used up and a refused call are told. */
const longReasons = [1, 2, 3].map(
  (at) =>
    `audit: 2026-11-19T0${at}: LogAnalytics query antwortete 429 TooManyRequests: Tenancy is throttled, please slow down (opc-request-id CSID${'A1B2'.repeat(8)}/${'C3D4'.repeat(8)})`,
);
const incompleteDay = usual([failedResource(), ...fleet], incompleteParts());

describe('the first exception', () => {
  it.each([
    ['one failure', 'en', usual([failedResource(), ...fleet])],
    ['one failure, German', 'de', usual([failedResource(), ...fleet])],
    ['all that is bad is waived', 'en', usual([waived, ...fleet])],
    ['INCOMPLETE', 'en', incompleteDay],
    ['INCOMPLETE, German', 'de', incompleteDay],
    ['six reasons of INCOMPLETE', 'en', { ...incompleteDay, statusReasons: manyReasons(6) }],
    ['long reasons of INCOMPLETE, German', 'de', { ...incompleteDay, statusReasons: longReasons }],
    ['every outcome', 'en', sampleReport()],
    ['every outcome, German', 'de', sampleReport()],
    ['a slice', 'en', { ...sampleSlice(), previousReport: sampleReport().previousReport }],
    ['long names', 'en', usual([failedResource({ resourceName: longName, owner: longName }), ...fleet])],
    ['3,200 of one cause', 'en', usual([...sameCause, ...fleet])],
  ] as const)(
    'starts within 420 px of a phone and the fold of a desktop: %s',
    async (name, language, report) => {
      const address = await pages.write(
        `first-${name.replaceAll(/\W/g, '-')}.html`,
        report,
        await makeTheme(language),
      );
      for (const [width, most] of [
        [375, 420],
        [1280, 500],
      ] as const) {
        const { page } = await pages.visit(address, { width });
        const top = await page.evaluate("document.querySelector('.exception').getBoundingClientRect().top");
        expect(top).toBeLessThanOrEqual(most);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        await page.close();
      }
    },
  );

  it('leaves a day on which all is well without one, and says so in the first line', async () => {
    const address = await pages.write('well.html', usual(fleet), englishTheme);
    const { page } = await pages.visit(address, { width: 375 });
    expect(await page.evaluate("document.querySelector('h1').textContent")).toBe(
      'All 40 resources are compliant',
    );
    expect(await page.evaluate("document.querySelectorAll('.exception').length")).toBe(0);
  });
});

function manyReasons(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) => `Source ${index} is not complete: it could not be reached.`,
  );
}

/** In how many rows the elements of a card stand. */
function rowsOf(selector: string): string {
  return `new Set([...document.querySelectorAll('.exception ${selector}')].map((each) => Math.round(each.getBoundingClientRect().top))).size`;
}

describe('a card', () => {
  it('has five facts and the last days in one row, and the days never wrap', async () => {
    const address = await pages.write('row.html', usual([failedResource(), ...fleet]), englishTheme);
    for (const width of [320, 375, 768, 1280]) {
      const { page } = await pages.visit(address, { width });
      expect(await page.evaluate(rowsOf('.strip li'))).toBe(1);
      await page.close();
    }
    const { page } = await pages.visit(address);
    expect(await page.evaluate(rowsOf('.five > div'))).toBe(1);
    const beside =
      "document.querySelector('.strip').getBoundingClientRect().left > document.querySelector('.five').getBoundingClientRect().right";
    expect(await page.evaluate(beside)).toBe(true);
  });

  it('copies its command and says so', async () => {
    const address = await pages.write('copy.html', usual([failedResource(), ...fleet]), englishTheme);
    const { page } = await pages.visit(address);
    await page.evaluate(
      "globalThis.written = []; Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { written.push(text); } } })",
    );
    await page.click('.todo button[data-text]');
    await page.waitForFunction("document.querySelector('.todo button').textContent === 'Copied'");
    expect(await page.evaluate('written[0]')).toMatch(/^oci /);
  });
});

describe('a group of one cause', () => {
  it('is small, and its rows are there without script and on paper', async () => {
    const address = await pages.write(
      'group.html',
      usual([...sameCause.slice(0, 60), ...fleet]),
      englishTheme,
    );
    const { page } = await pages.visit(address, { script: false });
    expect(await page.evaluate("document.querySelectorAll('.exception').length")).toBe(1);
    const height = "document.querySelector('.exception').offsetHeight";
    expect(await page.evaluate(height)).toBeLessThan(200);
    await page.emulateMediaType('print');
    expect(await page.evaluate(height)).toBeGreaterThan(60 * 12);
  });

  it('opens for a link to one of them', async () => {
    const address = await pages.write(
      'group-link.html',
      usual([...sameCause.slice(0, 60), ...fleet]),
      englishTheme,
    );
    const id = resourceAnchor(sameCause[17]?.resourceId ?? '');
    const { page } = await pages.visit(address, { fragment: `#${id}` });
    expect(await page.evaluate('document.activeElement.id')).toBe(id);
    expect(await page.evaluate("document.querySelector('.exception details').open")).toBe(true);
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe('the bar', () => {
  it('stays in sight while scrolling, with INCOMPLETE', async () => {
    const address = await pages.write('bar.html', incompleteDay, englishTheme);
    for (const width of [375, 1280]) {
      const { page } = await pages.visit(address, { width });
      await page.evaluate('scrollTo(0, 5000)');
      expect(await page.evaluate("document.querySelector('.bar').getBoundingClientRect().top")).toBe(0);
      const seen =
        "(({ left, top }) => document.elementFromPoint(left + 5, top + 5).textContent)(document.querySelector('.bar .verdict').getBoundingClientRect())";
      expect(await page.evaluate(seen)).toBe('INCOMPLETE');
      await page.close();
    }
  });
});

describe('a page of a language that is written from right to left', () => {
  it('has its edges and its facts on the other side', async () => {
    const { data } = englishTheme;
    const theme = openTheme({ ...data, language: { ...data.language, tag: 'ar' } });
    const address = await pages.write('rtl.html', usual([failedResource(), ...fleet]), theme);
    const { page } = await pages.visit(address);
    expect(await page.evaluate('document.documentElement.dir')).toBe('rtl');
    const edge = "getComputedStyle(document.querySelector('.exception')).borderRightWidth";
    expect(await page.evaluate(edge)).toBe('4px');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280);
    await keepPicture(page, 'page-rtl');
  });
});
