import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import { resourceAnchor } from '../../src/reports/backup-compliance/views/page/resource-anchor.js';
import { clickColumn, shownCount, shownNames } from '../support/resource-list.js';
import { openPages, type VisitOptions } from '../support/page-browser.js';
import { incompleteParts, sampleReport, sampleResource } from '../support/sample-report.js';
import { englishTheme, makeTheme } from '../support/theme.js';

let pages: Awaited<ReturnType<typeof openPages>>;
let address: string;
const open: Page[] = [];
const complaints: (readonly string[])[] = [];

beforeAll(async () => {
  pages = await openPages();
  address = await pages.write('en.html', sampleReport(incompleteParts()), englishTheme);
});

afterEach(async () => {
  for (const page of open.splice(0)) await page.close();
  const said = complaints.splice(0).flat();
  if (said.length > 0) throw new Error(`the console says: ${said.join('; ')}`);
});

afterAll(async () => {
  await pages.close();
});

async function visit(options: VisitOptions = {}, at = address): Promise<Page> {
  const visited = await pages.visit(at, options);
  open.push(visited.page);
  complaints.push(visited.complaints);
  return visited.page;
}

async function notice(page: Page): Promise<unknown> {
  return page.evaluate("document.querySelector('#notice').textContent");
}

async function isSeen(page: Page, id: string): Promise<unknown> {
  return page.evaluate(
    `(({ top, bottom }) => top < innerHeight && bottom > 0)(document.getElementById('${id}').getBoundingClientRect())`,
  );
}

const anchorOf = (name: string): string => resourceAnchor(sampleResource({ resourceName: name }).resourceId);

describe('filters', () => {
  it('offer only what is there, with its count, and what nobody is named for', async () => {
    const page = await visit();
    const options = (id: string) =>
      page.evaluate(`[...document.querySelectorAll('${id} option')].map((option) => option.textContent)`);
    expect(await options('#filter-type')).toEqual([
      'all',
      'autonomous database (1)',
      'database (11)',
      'volume (1)',
    ]);
    expect(await options('#filter-owner')).toEqual(['all', 'dba-oncall@example.com (12)', 'none named (1)']);
    expect(await options('#filter-severity')).toEqual([
      'all',
      'Critical (10)',
      'High (1)',
      'Medium (1)',
      'Low (1)',
    ]);
    await page.select('#filter-owner', '');
    expect(await shownNames(page)).toEqual(['=HYPERLINK("']);
    await page.select('#filter-owner', '*');
    await page.select('#filter-compartment', 'prod-databases');
    expect(await shownCount(page)).toBe('13 of 13 shown');
    await page.select('#filter-type', 'autonomous-database');
    expect(await shownNames(page)).toEqual(['ARCHIVE']);
  });

  it('find words anywhere in a row, and its identifier, whatever their case', async () => {
    const page = await visit();
    await page.type('#search', 'LEGACY accepted');
    await page.waitForFunction("document.querySelector('#shown').textContent.startsWith('1 of')");
    expect(await shownNames(page)).toEqual(['LEGACY_CRM']);
    await page.click('#reset');
    expect(await shownCount(page)).toBe('13 of 13 shown');
    await page.type('#search', 'IAD.orders');
    await page.waitForFunction("document.querySelector('#shown').textContent.startsWith('1 of')");
    expect(await shownNames(page)).toEqual(['ORDERS']);
  });

  it('are announced to who reads by ear', async () => {
    const page = await visit();
    expect(await page.evaluate("document.querySelector('#shown').getAttribute('role')")).toBe('status');
  });
});

describe('sorting', () => {
  it('knows numbers, words and what is worse', async () => {
    const page = await visit();
    await clickColumn(page, 'attempts');
    await clickColumn(page, 'attempts');
    expect(((await shownNames(page)) as string[]).slice(0, 2)).toEqual(['ORDERS', 'LEGACY_CRM']);
    await clickColumn(page, 'verdict');
    expect(((await shownNames(page)) as string[]).slice(0, 2)).toEqual(['ORDERS', 'LEGACY_CRM']);
    await clickColumn(page, 'name');
    const inOrder = ((await shownNames(page)) as string[]).filter((name) => /^[A-Z]{2}/.test(name));
    expect(inOrder).toEqual([...inOrder].sort((a, b) => a.localeCompare(b, 'en')));
    await page.select('#sort', '');
    expect(((await shownNames(page)) as string[])[0]).toBe('ORDERS');
  });

  it('is there on a phone, where the table has no head', async () => {
    const page = await visit({ width: 390 });
    await page.select('#sort', 'attempts');
    expect(((await shownNames(page)) as string[])[0]).toBe('=HYPERLINK("');
    expect(await page.evaluate("document.querySelector('#all thead').offsetHeight")).toBe(0);
  });
});

describe('the address', () => {
  it('may ask for what this day does not have', async () => {
    const page = await visit({ fragment: '#outcome=GONE&type=%3Cscript%3E&sort=constructor' });
    expect(await shownCount(page)).toBe('13 of 13 shown');
  });

  it('leads to the card of an exception, into view and with the focus', async () => {
    const id = anchorOf('ORDERS');
    const page = await visit({ fragment: `#${id}` });
    expect(await isSeen(page, id)).toBe(true);
    expect(await page.evaluate('document.activeElement.id')).toBe(id);
    expect(await page.evaluate(`document.getElementById('${id}').className`)).toContain('target');
    expect(await page.evaluate(`document.querySelector('tr[data-anchor="${id}"]').className`)).toBe('target');
  });

  it('leads to a row even where a filter hides it, and says so', async () => {
    const id = anchorOf('PAYROLL');
    const page = await visit();
    await page.select('#filter-outcome', 'FAILED');
    await page.evaluate(`location.hash = '#${id}'`);
    await page.waitForFunction(`document.activeElement.id === '${id}'`);
    expect(await isSeen(page, id)).toBe(true);
    expect(await shownCount(page)).toBe('4 of 13 shown');
    expect(await notice(page)).toBe('PAYROLL was filtered out; it is shown because a link leads to it.');
  });

  it('leads to a row without script, too', async () => {
    const id = anchorOf('PAYROLL');
    const page = await visit({ fragment: `#${id}`, script: false });
    expect(await isSeen(page, id)).toBe(true);
  });

  it('says where the page does not have what a link leads to', async () => {
    const page = await visit({ fragment: '#r-000000000000' });
    expect(await notice(page)).toBe('This page does not list the resource that the link leads to.');
  });

  it('stays the same for a resource from day to day', () => {
    expect(resourceAnchor('ocid1.database.oc1.iad.orders')).toBe('r-ee806ca969be');
  });
});

/** Links as chips and charts of a page have them. */
async function addLinks(page: Page, ...fragments: readonly string[]): Promise<void> {
  const links = fragments.map((fragment) => `<a href="#${fragment}">${fragment}</a>`).join(' ');
  await page.evaluate(
    `document.querySelector('h1').insertAdjacentHTML('afterend', '<p id="links">${links}</p>')`,
  );
}

async function follow(page: Page, fragment: string): Promise<void> {
  // By its own click, because a link may be under something that stays in view.
  await page.evaluate(`document.querySelector('#links a[href="#${fragment}"]').click()`);
  await page.waitForFunction("document.querySelector('#shown').textContent !== ''");
}

async function cards(page: Page): Promise<unknown> {
  return page.evaluate(
    "[...document.querySelectorAll('.exception')].filter((card) => !card.hidden).map((card) => card.querySelector('h3 bdi').textContent.slice(0, 12))",
  );
}

async function current(page: Page): Promise<unknown> {
  return page.evaluate(
    "[...document.querySelectorAll('#links a[aria-current=true]')].map((link) => link.textContent)",
  );
}

describe('a filter in a link', () => {
  it('acts on cards and list, is marked while it is on, and leads back', async () => {
    const page = await visit();
    await addLinks(page, 'outcome=FAILED', 'verdict=UNKNOWN', 'outcome=FAILED&severity=critical', 'show=all');
    await follow(page, 'outcome=FAILED');
    await page.waitForFunction("document.querySelector('#shown').textContent === '3 of 13 shown'");
    expect(await cards(page)).toEqual(['ORDERS', '<script>aler', 'LEGACY_CRM']);
    expect(await current(page)).toEqual(['outcome=FAILED']);
    expect(await page.evaluate("document.querySelector('.filtered span').textContent")).toBe(
      'Filtered: 2 of 5 shown here.',
    );
    await follow(page, 'outcome=FAILED');
    await page.waitForFunction("document.querySelector('#shown').textContent === '13 of 13 shown'");
    expect(await current(page)).toEqual(['show=all']);
    expect(((await cards(page)) as string[]).length).toBe(6);
    expect(await page.evaluate("document.querySelector('.filtered').offsetHeight")).toBe(0);
    await follow(page, 'outcome=FAILED&severity=critical');
    await page.waitForFunction("document.querySelector('#shown').textContent !== '13 of 13 shown'");
    expect(await current(page)).toEqual(['outcome=FAILED', 'outcome=FAILED&severity=critical']);
    await page.evaluate("document.querySelector('.filtered:not([hidden]) button').click()");
    expect(await shownCount(page)).toBe('13 of 13 shown');
  });

  it('knows in which hour attempts began, on the clock of the plan', async () => {
    const page = await visit({ fragment: '#type=database&hour=01' });
    expect(await shownNames(page)).toEqual(['ORDERS']);
    await page.evaluate("location.hash = '#hour=02'");
    await page.waitForFunction("document.querySelector('#filter-hour').value === '02'");
    expect(await shownNames(page)).toEqual(['PAYROLL']);
    expect(await cards(page)).toEqual([]);
    expect(
      await page.evaluate(
        "[...document.querySelectorAll('#filter-hour option')].map((each) => each.textContent)",
      ),
    ).toEqual(['all', '00:00 (1)', '01:00 (1)', '02:00 (1)', '03:00 (1)']);
  });

  it('is left by the way back, and found again by the way forward, also from a section', async () => {
    const page = await visit();
    await addLinks(page, 'outcome=FAILED', 'incidents');
    await follow(page, 'outcome=FAILED');
    await page.waitForFunction("document.querySelector('#shown').textContent === '3 of 13 shown'");
    await follow(page, 'incidents');
    await page.waitForFunction("location.hash === '#incidents'");
    expect(await shownCount(page)).toBe('3 of 13 shown');
    await page.goBack();
    await page.goBack();
    await page.waitForFunction("document.querySelector('#shown').textContent === '13 of 13 shown'");
    expect(((await cards(page)) as string[]).length).toBe(6);
    await page.goForward();
    await page.waitForFunction("document.querySelector('#shown').textContent === '3 of 13 shown'");
  });

  it('hides a group of which no card is left', async () => {
    const page = await visit();
    await page.evaluate("document.querySelector('#waived').parentNode.dataset.group = ''");
    const height = "document.querySelector('#waived').offsetHeight";
    expect(await page.evaluate(height)).toBeGreaterThan(0);
    await page.select('#filter-outcome', 'SUCCEEDED');
    expect(await page.evaluate(height)).toBe(0);
    await page.select('#filter-outcome', '*');
    expect(await page.evaluate(height)).toBeGreaterThan(0);
  });
});

describe('copying a link', () => {
  it('gives the address of the card, and says that it did', async () => {
    const page = await visit();
    await page.evaluate(
      "globalThis.written = []; Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { written.push(text); } } })",
    );
    await page.click(`button[data-link="${anchorOf('ORDERS')}"]`);
    await page.waitForFunction("document.querySelector('#notice').textContent !== ''");
    await page.select('#filter-outcome', 'FAILED');
    await page.click('#copy-view');
    await page.waitForFunction('written.length === 2');
    expect(await page.evaluate('written')).toEqual([
      `${address}#${anchorOf('ORDERS')}`,
      `${address}#outcome=FAILED`,
    ]);
    expect(await notice(page)).toBe('The link is copied.');
  });

  it('says where the link is when a browser does not let it', async () => {
    const page = await visit();
    await page.evaluate(
      "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false",
    );
    await page.click('#copy-view');
    await page.waitForFunction("document.querySelector('#notice').textContent !== ''");
    expect(await notice(page)).toBe('The link could not be copied; it is in the address bar.');
  });
});

describe('the script in another language', () => {
  it('speaks it', async () => {
    const german = await pages.write('de.html', sampleReport(), await makeTheme('de'));
    const page = await visit({}, german);
    await page.select('#filter-outcome', 'FAILED');
    expect(await shownCount(page)).toBe('3 von 13 angezeigt');
  });
});
