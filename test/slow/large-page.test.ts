import { stat } from 'node:fs/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { resourceAnchor } from '../../src/reports/backup-compliance/views/page/resource-anchor.js';
import { axeFindings } from '../support/axe-findings.js';
import { keepPicture, openPages, type VisitOptions } from '../support/page-browser.js';
import { failedResource, hostileNames, reportOf, sampleResource } from '../support/sample-report.js';
import { englishTheme } from '../support/theme.js';

const size = 20_000;
const hostile = Object.values(hostileNames);
const idOf = (index: number): string => `ocid1.database.oc1.phx.${String(index).padStart(60, 'anyhqljt')}`;
const anchorOf = (index: number): string => resourceAnchor(idOf(index));

let pages: Awaited<ReturnType<typeof openPages>>;
let address: string;
const open: Page[] = [];
const complaints: (readonly string[])[] = [];

beforeAll(async () => {
  pages = await openPages();
  address = await pages.write('large.html', largeReport(), englishTheme);
});

afterEach(async () => {
  for (const page of open.splice(0)) await page.close();
  const said = complaints.splice(0).flat();
  if (said.length > 0) throw new Error(`the console says: ${said.join('; ')}`);
});

afterAll(async () => {
  await pages.close();
});

/** Every tenth is in trouble; some names are hostile, so that rows are of many heights. */
function largeReport(): DailyReport {
  const resources = Array.from({ length: size }, (_, index) => {
    const resourceName =
      index % 100 === 50 ? (hostile[(index / 50) % hostile.length] ?? '') : `DATA-${index}`;
    const resource = { resourceName, resourceId: idOf(index), owner: `team-${index % 41}@example.com` };
    return index < size / 10 ? failedResource(resource) : sampleResource(resource);
  });
  return reportOf(resources);
}

async function visit(options: VisitOptions = {}): Promise<Page> {
  const visited = await pages.visit(address, options);
  open.push(visited.page);
  complaints.push(visited.complaints);
  return visited.page;
}

/** Scrolls the list and waits for the frame after. */
async function scrollTo(page: Page, share: number): Promise<void> {
  await page.evaluate(
    `(() => { const list = document.getElementById('list'); list.scrollTop = ${share} * list.scrollHeight; })()`,
  );
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

/** Rows that a person sees, and whether they fill the list without a gap. */
async function view(
  page: Page,
): Promise<{ readonly first: number; readonly last: number; readonly gap: number }> {
  return (await page.evaluate(`(() => {
    const list = document.getElementById('list').getBoundingClientRect();
    const head = document.querySelector('#all thead').getBoundingClientRect().height;
    const rows = [...document.querySelectorAll('#all tbody tr:not(.kept)')].map((row) => [row, row.getBoundingClientRect()]);
    const seen = rows.filter(([, box]) => box.bottom > list.top + head + 1 && box.top < list.bottom - 1);
    const places = seen.map(([row]) => Number(row.getAttribute('aria-rowindex')) - 2);
    return {
      first: places[0],
      last: places.at(-1),
      gap: Math.round(Math.max(0, seen[0][1].top - list.top - head - 1, list.bottom - 1 - seen.at(-1)[1].bottom)),
    };
  })()`)) as { first: number; last: number; gap: number };
}

async function text(page: Page, selector: string): Promise<unknown> {
  return page.evaluate(`document.querySelector('${selector}').textContent`);
}

describe('report.html of 20,000 resources', () => {
  it('is no larger than before, and a browser makes few elements of it', async () => {
    const { size: bytes } = await stat(new URL(address));
    expect(bytes).toBeLessThan(8_000_000);
    const page = await visit();
    expect(await page.evaluate("document.querySelectorAll('*').length")).toBeLessThan(25_000);
    expect(await page.evaluate("document.querySelectorAll('#resources, #list *').length")).toBeLessThan(
      2_000,
    );
    expect(await text(page, '#shown')).toBe('20,000 of 20,000 shown');
    expect(await page.evaluate("document.querySelector('#all').getAttribute('aria-rowcount')")).toBe('20001');
  });

  it.each([375, 1280])(
    'has every row where it is scrolled to, without a gap, at %i pixels',
    async (width) => {
      const page = await visit({ width });
      let before = -1;
      for (const share of [0, 0.1, 0.5, 0.9]) {
        await scrollTo(page, share);
        const { first, gap } = await view(page);
        expect(gap).toBe(0);
        expect(first).toBeGreaterThan(before);
        before = first;
        expect(await page.evaluate("document.querySelectorAll('#all tbody tr').length")).toBeLessThan(120);
      }
      await scrollTo(page, 1);
      await scrollTo(page, 1);
      expect((await view(page)).last).toBe(size - 1);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    },
  );

  it.each([375, 1280])(
    'keeps in place what is seen while it is scrolled back, at %i pixels',
    async (width) => {
      const page = await visit({ width });
      await scrollTo(page, 0.5);
      const seen = (await view(page)).first;
      const moves: unknown[] = [];
      for (let turn = 0; turn < 12; turn += 1) {
        const moved = await page.evaluate(`(() => {
        const list = document.getElementById('list');
        const row = document.querySelector('#all tbody tr[aria-rowindex="${seen + 2}"]');
        if (!row) return null;
        const before = row.getBoundingClientRect().top;
        list.scrollTop -= 40;
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
          done(row.isConnected ? Math.round(row.getBoundingClientRect().top - before) : null))));
      })()`);
        moves.push(moved);
      }
      expect(moves).toEqual(moves.map(() => 40));
      expect((await view(page)).first).toBeLessThan(seen);
    },
  );

  it.each([
    [375, 'light'],
    [375, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)(
    'gives axe nothing to find at %i pixels, %s, in the middle of the list',
    async (width, scheme) => {
      const page = await visit({ width, scheme });
      await scrollTo(page, 0.03);
      expect(await axeFindings(page)).toEqual([]);
      await page.evaluate("document.getElementById('list').scrollIntoView()");
      await keepPicture(page, `large-${width}-${scheme}`);
    },
  );

  it('lets the keyboard go through the rows beyond those that were drawn, and keeps the focus', async () => {
    const page = await visit();
    await page.evaluate("document.querySelector('#all tbody a').focus({ preventScroll: true })");
    const focused = () =>
      page.evaluate("Number(document.activeElement.closest('tr')?.getAttribute('aria-rowindex')) - 2");
    for (let row = 1; row <= 60; row += 1) {
      await page.keyboard.press('Tab');
      expect(await focused()).toBe(row);
    }
    await scrollTo(page, 0.8);
    expect(await focused()).toBe(60);
    await scrollTo(page, 0);
    expect(await focused()).toBe(60);
    expect(await page.evaluate("document.querySelectorAll('.kept').length")).toBe(1);
  });

  it('has the row after the last one that was drawn as soon as that has the focus', async () => {
    const page = await visit();
    // All within one task, so that no event of scrolling comes between.
    const steps = await page.evaluate(`(() => {
      const rows = () => [...document.querySelectorAll('#all tbody tr')];
      const indexOf = (row) => Number(row.getAttribute('aria-rowindex'));
      return Array.from({ length: 5 }, () => {
        const last = rows().at(-1);
        last.querySelector('a').focus({ preventScroll: true });
        return indexOf(rows().at(-1)) - indexOf(last);
      });
    })()`);
    for (const step of steps as readonly number[]) expect(step).toBeGreaterThan(0);
  });

  it('leads a link to its row, whatever is drawn, and back again', async () => {
    const page = await visit({ fragment: `#${anchorOf(15_000)}` });
    const isSeen = (index: number) =>
      page.evaluate(
        `(({ top, bottom }) => top >= 0 && bottom <= innerHeight)(document.getElementById('${anchorOf(index)}').getBoundingClientRect())`,
      );
    expect(await page.evaluate('document.activeElement.id')).toBe(anchorOf(15_000));
    expect(await isSeen(15_000)).toBe(true);
    await page.evaluate(`location.hash = '#${anchorOf(19_999)}'`);
    await page.waitForFunction(`document.activeElement.id === '${anchorOf(19_999)}'`);
    expect(await isSeen(19_999)).toBe(true);
    await page.goBack();
    await page.waitForFunction(`document.activeElement.id === '${anchorOf(15_000)}'`);
    expect(await isSeen(15_000)).toBe(true);
  });

  it('finds one among all, by name and by identifier', async () => {
    const page = await visit();
    await page.type('#search', 'data-17893');
    await page.waitForFunction("document.querySelector('#shown').textContent === '1 of 20,000 shown'");
    await page.click('#reset');
    await page.type('#search', idOf(12_345));
    await page.waitForFunction("document.querySelector('#shown').textContent === '1 of 20,000 shown'");
    expect(await text(page, '#all tbody bdi')).toBe('DATA-12345');
  });

  it('sorts numbers as a person counts', async () => {
    const page = await visit({ fragment: '#q=data-39&sort=name' });
    const names = await page.evaluate(
      "[...document.querySelectorAll('#all tbody th > a > bdi')].slice(0, 4).map((name) => name.textContent)",
    );
    expect(names).toEqual(['DATA-39', 'DATA-390', 'DATA-391', 'DATA-392']);
  });

  it('shows hostile names as the text they are', async () => {
    const page = await visit();
    await page.type('#search', 'alert(');
    await page.waitForFunction("document.querySelector('#shown').textContent.startsWith('20,000') === false");
    expect(await text(page, '#all tbody bdi')).toBe(hostileNames.script);
    expect(await page.evaluate("document.querySelectorAll('#all bdi *, #all script, #all img').length")).toBe(
      0,
    );
  });

  it('has on paper, and for readers without script, the worst up to the limit and the sentence', async () => {
    const page = await visit();
    await scrollTo(page, 0.5);
    await page.emulateMediaType('print');
    await page.waitForFunction("document.querySelectorAll('#all tbody tr').length === 2000");
    expect(await text(page, '#on-paper')).toBe(
      '2,000 of 20,000 resources are shown here; report.xlsx and report.json hold them all.',
    );
    expect(await page.evaluate("document.querySelector('#on-paper').offsetHeight")).toBeGreaterThan(0);
    const printed = await page.evaluate(
      "[...document.querySelectorAll('#all tbody th > a > bdi')].map((name) => name.textContent)",
    );
    await page.emulateMediaType('screen');
    await page.waitForFunction("document.querySelectorAll('#all tbody tr').length < 120");
    expect((await view(page)).gap).toBe(0);
    const still = await visit({ script: false });
    const rows = "[...document.querySelectorAll('#all tbody tr')].filter((row) => row.offsetHeight > 0)";
    expect(await still.evaluate(`${rows}.map((row) => row.querySelector('bdi').textContent)`)).toEqual(
      printed,
    );
    expect(
      await still.evaluate(
        "[...document.querySelectorAll('#resources ~ .more, #resources ~ noscript .more')].at(-1).textContent",
      ),
    ).toBe('18,000 more resources are not shown here; report.xlsx and report.json hold the full population.');
  });
});
