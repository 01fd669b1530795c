import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clickColumn, shownCount, shownNames } from '../support/resource-list.js';
import { openPages } from '../support/page-browser.js';
import { incompleteParts, sampleReport } from '../support/sample-report.js';
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

/* html-browser and page-browser have widths, schemes, languages, accessibility and paper. */

describe('report.html in a browser', () => {
  it('asks for nothing but itself and gives the console nothing to say', async () => {
    const { page, complaints, requests } = await pages.visit(english);
    // A busy machine may never be idle: then the page has had its time.
    await page.evaluate('new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: 10000 }))');
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([english]);
  });

  it('applies its style in spite of its content security policy', async () => {
    const { page } = await pages.visit(english);
    const colour = await page.evaluate(
      "getComputedStyle(document.querySelector('.verdict.solid-bad')).backgroundColor",
    );
    expect(colour).toBe('rgb(163, 36, 43)');
  });

  it('makes no element and no script of a name', async () => {
    const { page } = await pages.visit(english);
    const made = "document.querySelectorAll('script:not([type=module], #data), img, b b, i, bdi *').length";
    expect(await page.evaluate(made)).toBe(0);
    const title = await page.evaluate("document.querySelectorAll('.exception h3 a')[1].textContent");
    expect(title).toBe('<script>alert("name")</script>');
  });

  it('is whole without script: every row, and no control that does nothing', async () => {
    const { page } = await pages.visit(english, { script: false });
    const height =
      "document.querySelector('#tools').offsetHeight + document.querySelector('.copy').offsetHeight";
    expect(await page.evaluate(height)).toBe(0);
    const rows =
      "[...document.querySelectorAll('#all tbody tr')].filter((row) => row.offsetHeight > 0).length";
    expect(await page.evaluate(rows)).toBe(13);
  });
});

/* slow/page-script has all that the script does. */

async function hash(page: Page): Promise<unknown> {
  return page.evaluate('location.hash');
}

describe('the script of report.html', () => {
  it('shows what fits all filters, and says how many', async () => {
    const { page, complaints } = await pages.visit(english);
    expect(await shownCount(page)).toBe('13 of 13 shown');
    await page.select('#filter-verdict', 'NON_COMPLIANT');
    expect(await shownCount(page)).toBe('5 of 13 shown');
    await page.select('#filter-outcome', 'FAILED');
    expect(await shownNames(page)).toEqual(['ORDERS', 'LEGACY_CRM', '<script>aler']);
    await page.select('#filter-severity', 'low');
    expect(await shownCount(page)).toBe('0 of 13 shown. No resource fits. Reset the filters to see all.');
    expect(complaints).toEqual([]);
  });

  it('sorts up, then down, says so, and keeps what has no value last', async () => {
    const { page, complaints } = await pages.visit(english);
    const sorted = () =>
      page.evaluate("document.querySelector('#all th[data-key=success]').getAttribute('aria-sort')");
    await clickColumn(page, 'success');
    expect(await sorted()).toBe('ascending');
    expect(((await shownNames(page)) as string[]).slice(0, 2)).toEqual(['ORDERS', 'LEGACY_CRM']);
    expect(((await shownNames(page)) as string[]).at(-1)).toBe('=HYPERLINK("');
    await clickColumn(page, 'success');
    expect(await sorted()).toBe('descending');
    expect(((await shownNames(page)) as string[]).at(-1)).toBe('=HYPERLINK("');
    await clickColumn(page, 'name');
    expect(await sorted()).toBeNull();
    expect(complaints).toEqual([]);
  });

  it('carries the view to another person in its address', async () => {
    const { page, complaints } = await pages.visit(english);
    await page.select('#filter-outcome', 'FAILED');
    await clickColumn(page, 'name');
    await clickColumn(page, 'name');
    // At once: how a browser that is busy takes typed keys is not what is tested.
    await page.$eval('#search', (field) => {
      Object.assign(field, { value: 'prod' }).dispatchEvent(new Event('input', { bubbles: true }));
    });
    await page.waitForFunction("location.hash.includes('q=prod')");
    const fragment = String(await hash(page));
    expect(fragment).toBe('#q=prod&outcome=FAILED&sort=-name');
    const { page: other, complaints: more } = await pages.visit(english, { fragment });
    expect(await shownNames(other)).toEqual(await shownNames(page));
    expect(await other.evaluate("document.querySelector('#search').value")).toBe('prod');
    expect([...complaints, ...more]).toEqual([]);
  });
});
