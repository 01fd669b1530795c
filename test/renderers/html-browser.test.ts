import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'puppeteer-core';

import { createHtmlRenderer } from '../../src/renderers/html/html-renderer.js';
import { incompleteParts, sampleReport } from '../support/sample-report.js';
import { noJobs } from '../support/job-lines.js';
import { englishLook } from '../support/look.js';

let directory: string;
let browser: Browser;
let address: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'html-browser-'));
  const path = join(directory, 'report.html');
  const report = sampleReport(incompleteParts());
  await createHtmlRenderer(englishLook).render({ report, jobs: noJobs }, path);
  address = pathToFileURL(path).href;
  // Makes the package unpack the libraries that Chromium needs, so that the test runs on a bare machine. It is
  // read when the module is loaded.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  const { default: puppeteer } = await import('puppeteer-core');
  browser = await puppeteer.launch({
    args: [...chromium.args, '--no-sandbox'],
    executablePath: await chromium.executablePath(),
    headless: 'shell',
  });
});

afterAll(async () => {
  await browser.close();
  await rm(directory, { recursive: true });
});

interface Visit {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

async function visit(width: number): Promise<Visit> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => requests.push(request.url()));
  await page.setViewport({ width, height: 844 });
  await page.goto(address, { waitUntil: 'load' });
  return { page, complaints, requests };
}

describe('report.html in a browser', () => {
  it('asks for nothing but itself and gives the console nothing to say', async () => {
    const { complaints, requests } = await visit(1280);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([address]);
  });

  it.each([320, 390, 768, 1280])('never scrolls sideways at %i pixels', async (width) => {
    const { page } = await visit(width);
    const needed = await page.evaluate('document.documentElement.scrollWidth');
    expect(needed).toBe(width);
  });

  it('applies its style in spite of its content security policy', async () => {
    const { page } = await visit(1280);
    const colour = await page.evaluate("getComputedStyle(document.querySelector('.banner')).backgroundColor");
    expect(colour).toBe('rgb(163, 36, 43)');
  });

  it('makes no element and no script of a name', async () => {
    const { page } = await visit(1280);
    expect(await page.evaluate("document.querySelectorAll('script, img, bdi *').length")).toBe(0);
    const title = await page.evaluate("document.querySelectorAll('.exception h3')[1].textContent");
    expect(title).toBe('<script>alert("name")</script>');
  });

  it('shows the reasons for INCOMPLETE on the first screen of a phone', async () => {
    const { page } = await visit(390);
    const bottom = await page.evaluate("document.querySelector('.alarm').getBoundingClientRect().bottom");
    expect(bottom).toBeLessThan(844);
  });
});
