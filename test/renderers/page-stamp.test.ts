import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stampOf } from '../../src/model/report-stamp.js';
import { createPageRenderer } from '../../src/renderers/html/page-renderer.js';
import { readPageStamp, withPageStamp } from '../../src/renderers/html/page-stamp.js';
import { sampleReport } from '../support/sample-report.js';
import { makeTheme } from '../support/theme.js';

const stamp = new Map([
  ['plan', 'a "b" <c> & d\'s'],
  ['totals.expected', '12'],
]);
const mark = '<meta name="backup-report.plan"';

describe('the stamp of a page', () => {
  it.each([
    [
      'after the encoding',
      '<!doctype html><html><head><meta charset="utf-8"><title>x</title></head>',
      '<meta charset="utf-8">\n',
    ],
    [
      'after the encoding, however it is written',
      '<head><title>x</title><META http-equiv=x content="text/html; charset=utf-8"></head>',
      'charset=utf-8">\n',
    ],
    [
      'at the beginning of the head where it names none',
      '<html><head lang="en"><title>x</title></head>',
      '<head lang="en">\n',
    ],
    ['without a head', '<!DOCTYPE html><html lang="de"><body>', '<html lang="de">\n'],
    ['without html', '<!doctype html><p>x', '<!doctype html>\n'],
    ['without anything', '<p>x', '\n'],
    ['never in a comment', '<!-- <head><meta charset="x"> --><html><head>', '<html><head>\n'],
    ['never in the body', '<html><body><p>&lt;</p><meta charset="x">', '<html>\n'],
  ])('stands %s', (_where, page, before) => {
    const stamped = withPageStamp(page, stamp);
    expect(stamped.slice(0, stamped.indexOf(mark)).endsWith(before)).toBe(true);
    expect(stamped.replace(/\n<meta name="backup-report[^]*content="12">/, '')).toBe(page);
    expect(readPageStamp(Buffer.from(stamped))).toEqual(stamp);
  });

  it('is the first of two: what a template adds does not count', () => {
    const page =
      '<head><meta charset="utf-8"><meta name="backup-report.totals.expected" content="99"></head>';
    expect(readPageStamp(Buffer.from(withPageStamp(page, stamp)))?.get('totals.expected')).toBe('12');
  });

  it('is there whatever the template of a company', async () => {
    const own = await mkdtemp(join(tmpdir(), 'own-'));
    try {
      await writeFile(join(own, 'report.html.hbs'), '<p>Our page</p>');
      const report = sampleReport();
      const renderer = createPageRenderer(await makeTheme('en', own), async () => ({}));
      const edition = { file: 'report.html', revision: 3, contentDigest: 'abc' };
      await renderer.render({ report, edition, lines: async function* () {} }, join(own, 'page.html'));
      expect(readPageStamp(await readFile(join(own, 'page.html')))).toEqual(stampOf(report, edition));
    } finally {
      await rm(own, { recursive: true });
    }
  });

  it('is none where there is none', () => {
    expect(readPageStamp(Buffer.from('<head><meta name="viewport" content="x"></head>'))).toBeNull();
  });
});

describe('the stamp of a report', () => {
  const report = {
    plan: 'daily',
    reportDay: {
      date: '2026-11-19',
      timezone: 'UTC',
      start: '',
      cutOff: '2026-11-20T00:00:00.000Z',
      hours: 24,
    },
    status: 'COMPLETE',
    generatedAt: '2026-11-20T06:00:00.000Z',
    tool: { name: 'tool', version: '1.0.0' },
  } as const;

  it('has every number of every total, of a kind that is not known here too', () => {
    const totals = { expected: 3, byOutcome: { FAILED: 1 }, percent: null };
    const given = { ...report, totals, changeTotals: { created: 2 }, resources: [{ totals: { x: 1 } }] };
    expect(Object.fromEntries(stampOf(given))).toEqual({
      plan: 'daily',
      date: '2026-11-19',
      cutOff: '2026-11-20T00:00:00.000Z',
      generatedAt: '2026-11-20T06:00:00.000Z',
      tool: 'tool 1.0.0',
      status: 'COMPLETE',
      'totals.expected': '3',
      'totals.byOutcome.FAILED': '1',
      'changeTotals.created': '2',
    });
  });

  it('names of the archive what is known when it is rendered', () => {
    const known = stampOf(report, { file: 'report.html', revision: 2, contentDigest: 'abc' });
    expect([known.get('file'), known.get('revision'), known.get('contentDigest')]).toEqual([
      'report.html',
      '2',
      'abc',
    ]);
    expect(stampOf(report, { file: '', revision: null }).has('revision')).toBe(false);
  });
});
