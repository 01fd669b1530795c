import { describe, expect, it } from 'vitest';
import { hourMs, minuteMs } from '../../../../src/base/time-units.js';
import { askedToMs } from '../../../../src/model/report-day.js';
import { faceNotes, shareWords } from '../../../../src/reports/backup-compliance/views/face-notes.js';
import { createBackupWording } from '../../../../src/reports/backup-compliance/views/backup-wording.js';
import { summaryOf } from '../../../../src/reports/backup-compliance/views/terminal/summary.js';
import { createWording } from '../../../../src/renderers/view/wording.js';
import { backupPageText } from '../../../support/face-text.js';
import { english, fixedInventory, judge, judgeDays, languageOf } from '../../../support/judge-day.js';
import { backupOf, databaseNamed } from '../../../support/named-databases.js';

const date = '2026-11-19';
const records = [backupOf('ERP', { time: `${date}T02:00:00Z` })];
const wording = createBackupWording(createWording(english));

async function digestOf(settleMs: number): Promise<string> {
  const { files } = await judge(records, date, { settleMs });
  return JSON.parse(String(files.get('manifest.json'))).contentDigest;
}

async function* nothing(): AsyncGenerator<never> {}

describe('the face of a cold start', () => {
  it('says that silent resources are not known, and no share of all', async () => {
    const { report } = await judge(records, date);
    expect(report.totals.compliancePercent).toBe(100);
    expect(faceNotes(report, wording)).toEqual([
      'Cold start: resources that have been silent since before 2026-11-12 00:00 UTC are not known, and none of them is in this report.',
    ]);
    expect(shareWords(report, wording)).toBe('1 of the 1 known');
    expect(summaryOf(report).join('\n')).toContain(
      'cold start resources that have been silent since before 2026-11-12 00:00 UTC are not known',
    );
    for (const text of await backupPageText(report)) {
      expect(text).toContain('silent since before 2026-11-12 00:00 UTC are not known');
      expect(text).not.toMatch(/Compliance[^A-Za-z]*100/);
    }
  });

  it('speaks German, too', async () => {
    const german = await languageOf('de');
    const { report } = await judge(records, date, { language: german });
    const notes = faceNotes(report, createBackupWording(createWording(german)));
    expect(notes).toEqual([expect.stringMatching(/^Kaltstart: .* sind nicht bekannt/)]);
  });

  it('knows the share of what an inventory lists', async () => {
    const { report } = await judge(records, date, { inventory: fixedInventory([databaseNamed('ERP')]) });
    expect(faceNotes(report, wording)).toEqual([
      'Cold start: what happened before 2026-11-12 00:00 UTC is not known.',
    ]);
    expect(shareWords(report, wording)).toBe('100.0%');
  });

  it('is that of the first report alone', async () => {
    const [, second] = await judgeDays(['2026-11-18', date], () => ({ records }));
    if (second === undefined) throw new Error('there are two days');
    expect(faceNotes(second.report, wording)).toEqual([]);
    expect(shareWords(second.report, wording)).toBe('100.0%');
    expect(summaryOf(second.report).join('\n')).not.toContain('cold start');
  });
});

describe('a report that was made before its settle delay was over', () => {
  it.each<readonly [number, number | undefined, boolean]>([
    [6 * hourMs, undefined, true],
    [6 * hourMs - 1, undefined, false],
    [0, undefined, false],
    [30 * minuteMs, 30 * minuteMs, true],
    [29 * minuteMs, 30 * minuteMs, false],
    [0, 0, true],
  ])('made after %d ms, waiting for %s: settled %s', async (settleMs, settleDelayMs, isSettled) => {
    const over = { settleMs, ...(settleDelayMs === undefined ? {} : { settleDelayMs }) };
    const { report } = await judge(records, date, over);
    expect(report.status).toBe('COMPLETE');
    expect(report.findings.filter(({ kind }) => kind === 'not-settled')).toHaveLength(isSettled ? 0 : 1);
    expect(faceNotes(report, wording).some((note) => note.startsWith('not settled'))).toBe(!isSettled);
    expect(summaryOf(report).some((line) => line.includes('not settled'))).toBe(!isSettled);
  });

  it('has the digest of the settled one: a later run writes nothing where nothing differs', async () => {
    expect(await digestOf(0)).toBe(await digestOf(6 * hourMs));
  });

  it('asks every source for the same instants as a later one', async () => {
    const asked: unknown[] = [];
    const source = {
      type: 'asked',
      request: '',
      diagnose: async () => ({ findings: [], eventTypes: null }),
      read: (window: Parameters<typeof askedToMs>[0]) => {
        asked.push([window.fromMs, askedToMs(window)]);
        return {
          batches: nothing(),
          outcome: () => ({ complete: true, reasons: [], requests: [] }),
        };
      },
    };
    for (const settleMs of [0, 6 * hourMs, 366 * 24 * hourMs]) {
      const { files } = await judge([], date, { sources: [source], settleMs });
      const { sources } = JSON.parse(String(files.get('manifest.json')));
      expect(sources[0]).toMatchObject({
        windowEnd: '2026-11-20T00:00:00.000Z',
        askedTo: '2026-11-20T06:00:00.000Z',
      });
    }
    expect(new Set(asked.map(String)).size).toBe(1);
  });
});
