import type { Page } from 'puppeteer-core';

/* The list of all resources on a page, as a person sees and uses it. */

/** The first twelve characters of each name that is shown. */
export async function shownNames(page: Page): Promise<unknown> {
  return page.evaluate(
    "[...document.querySelectorAll('#all tbody tr:not([hidden]) th > a > bdi')].map((name) => name.textContent.slice(0, 12))",
  );
}

/** `13 of 13 shown` */
export async function shownCount(page: Page): Promise<unknown> {
  return page.evaluate("document.querySelector('#shown').textContent");
}

/** Sorts by a column. */
export async function clickColumn(page: Page, key: string): Promise<void> {
  await page.click(`#all th[data-key="${key}"] button`);
}
