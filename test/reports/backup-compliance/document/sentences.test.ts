import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { IntlMessageFormat } from 'intl-messageformat';
import { loadLanguage } from '../../../../src/language/load-language.js';
import type { Language } from '../../../../src/model/language.js';
import { packageRoot } from '../../../../src/package-root.js';
import { parseMemorable } from '../../../../src/reports/backup-compliance/memory/parse-memorable.js';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import { judgeEventful } from '../../../support/eventful-estate.js';
import {
  type Settings,
  english,
  fixedInventory,
  judge,
  judgeDays,
  languageOf,
} from '../../../support/judge-day.js';
import { backupOf, databaseNamed } from '../../../support/named-databases.js';
import { databaseEvent, volumeEvent } from '../../../support/raw-event.js';

const folder = (name: string): string => fileURLToPath(new URL(name, packageRoot));

async function sentencesOf(tag: string): Promise<ReadonlyMap<string, string>> {
  const { messages } = await loadLanguage(tag, [folder('templates')]);
  return new Map(Object.entries(messages).filter(([key]) => key.startsWith('sentences.')));
}

const inEnglish = await sentencesOf('en');
const inGerman = await sentencesOf('de');

/** All that the source may ask for: the keys are written out, never put together. */
function keysInSource(): readonly string[] {
  const keys = readdirSync(folder('src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder('src'), file), 'utf8'))
    .flatMap((source) => [...source.matchAll(/['"`](sentences\.[^'"`]*)['"`]/g)])
    .map(([, key = '']) => key);
  return [...new Set(keys)].sort();
}

type Elements = ReturnType<IntlMessageFormat['getAst']>;

interface MessageParts {
  /** Text between placeholders, as it is written. */
  readonly texts: readonly string[];
  readonly placeholders: readonly string[];
}

function partsOf(message: string, tag: string): MessageParts {
  const texts = new Set<string>();
  const placeholders = new Set<string>();
  const visit = (elements: Elements): void => {
    for (const element of elements) {
      // 0 is literal text, 7 the # of a plural.
      if (element.type === 0) texts.add(element.value.trim());
      else if (element.type !== 7) placeholders.add(element.value);
      if ('options' in element) for (const { value } of Object.values(element.options)) visit(value);
    }
  };
  visit(new IntlMessageFormat(message, tag, undefined, { ignoreTag: true }).getAst());
  return { texts: [...texts].filter((text) => /\p{L}/u.test(text)), placeholders: [...placeholders].sort() };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Whatever of a report core has put into words. */
function wordsOf(report: DailyReport): readonly string[] {
  const controls = report.resources.flatMap((resource) => Object.values(resource.controls));
  const unjudged = [...report.notInInventory, ...report.excludedResources, ...report.formerResources];
  const words = [
    ...report.statusReasons,
    ...controls.flatMap(({ reason, threshold, demandedBy }) => [reason, threshold, demandedBy]),
    ...report.resources.flatMap(({ findings }) => findings),
    ...report.findings.map((finding) => finding.words),
    ...report.followUp.newlyBad.map((turn) => turn.words),
    ...report.followUp.resolved.map((turn) => turn.words),
    ...report.changes.map(({ detail }) => detail),
    ...report.changes.flatMap(({ kind, state }) => (kind === 'restore' ? [state] : [])),
    ...report.policies.flatMap(({ match, maxAge, maxDuration, minRetention, maxRestoreAge }) => [
      match,
      maxAge,
      maxDuration,
      minRetention,
      maxRestoreAge,
    ]),
    ...report.policies.filter(({ name }) => name === 'default').map(({ cadence }) => cadence),
    ...report.waivers.map(({ match }) => match),
    ...unjudged.map(({ reason }) => reason),
  ];
  return words.filter((each) => each !== null);
}

/** English with a mark around everything that comes from the language, and a note of what was asked for. */
function markedEnglish(): { readonly language: Language; readonly asked: ReadonlySet<string> } {
  const asked = new Set<string>();
  const language: Language = {
    tag: english.tag,
    text: (key, values) => {
      asked.add(key);
      return `«${english.text(key, values)}»`;
    },
    instant: (ms, timezone) => `«${english.instant(ms, timezone)}»`,
    date: (date) => `«${english.date(date)}»`,
    duration: (ms) => `«${english.duration(ms)}»`,
    size: (bytes) => `«${english.size(bytes)}»`,
    integer: (value) => `«${english.integer(value)}»`,
    percent: (value) => `«${english.percent(value)}»`,
    count: (noun, number) => `«${english.count(noun, number)}»`,
  };
  return { language, asked };
}

interface Marked {
  readonly reports: readonly DailyReport[];
  readonly asked: ReadonlySet<string>;
}

async function judgeMarked(): Promise<Marked> {
  const { language, asked } = markedEnglish();
  return { reports: await judgeEventful(language), asked };
}

/** Without marks, and without the digest of the report before, which had them. */
function bare(report: DailyReport): unknown {
  return JSON.parse(JSON.stringify({ ...report, previousReport: null }).replaceAll(/[«»]/g, ''));
}

describe('the catalogue of sentences', () => {
  it('has in English just what the program asks for', () => {
    expect([...inEnglish.keys()].sort()).toEqual(keysInSource());
  });

  it('has the same in German, with the same placeholders', () => {
    expect([...inGerman.keys()].sort()).toEqual([...inEnglish.keys()].sort());
    for (const [key, message] of inEnglish) {
      const { placeholders } = partsOf(inGerman.get(key) ?? '', 'de');
      expect({ key, placeholders }).toEqual({ key, placeholders: partsOf(message, 'en').placeholders });
    }
  });

  it('has no sentence that is the same in both, but for those without a word', () => {
    const same = [...inEnglish].filter(([key, message]) => inGerman.get(key) === message);
    expect(same.filter(([, message]) => partsOf(message, 'en').texts.length > 0)).toEqual([]);
  });
});

describe('a report', () => {
  let judged: Promise<Marked> | null = null;
  const marked = (): Promise<Marked> => (judged ??= judgeMarked());

  it('has no words that do not come from its language', async () => {
    const { reports, asked } = await marked();
    const unmarked = reports.flatMap(wordsOf).filter((words) => !/^«.*»$/s.test(words));
    expect(unmarked).toEqual([]);
    expect(asked.size).toBeGreaterThan(70);
  });

  it('says in English what it always said', async () => {
    const { reports } = await marked();
    const plain = await judgeEventful(english);
    expect(reports.map(bare)).toEqual(plain.map(bare));
  });

  it('has no English in German', async () => {
    const reports = await judgeEventful(await languageOf('de'));
    expect(reports.map(({ language }) => language)).toEqual(['de', 'de']);

    const fixedParts = [...inEnglish].flatMap(([key, message]) => {
      const german = new Set(partsOf(inGerman.get(key) ?? '', 'de').texts);
      return partsOf(message, 'en').texts.filter((text) => !german.has(text));
    });
    const patterns = [...new Set(fixedParts)].map((text) => ({
      text,
      pattern: new RegExp(`(?<![\\p{L}\\p{N}_.-])${escaped(text)}(?![\\p{L}\\p{N}_-])`, 'u'),
    }));
    const found = reports
      .flatMap(wordsOf)
      .flatMap((words) =>
        patterns
          .filter(({ text, pattern }) => words.includes(text) && pattern.test(words))
          .map(({ text }) => ({ text, words })),
      );
    expect(found).toEqual([]);
  });

  it('is gone on from where it names no language, as those of earlier versions', async () => {
    const { report } = await judge([backupOf('ERP')], '2026-11-19');
    const { language, ...earlier } = report;
    expect(language).toBe('en');
    const bytes = new TextEncoder().encode(JSON.stringify(earlier));
    expect(parseMemorable(bytes, { plan: 'test', date: '2026-11-19' })).toMatchObject({ ok: true });
  });
});

describe('in English', () => {
  const date = '2026-11-19';
  const volume = {
    resourceId: 'ocid1.volume.oc1.iad.data01',
    resourceType: 'volume',
    resourceName: 'data01',
  };
  const unreadable = { eventType: 'com.oraclecloud.databaseservice.automaticbackupdatabase.end' };

  it.each<[sentence: string, records: readonly unknown[], settings: Settings]>([
    ['the sources held no record at all: whether backups ran is not known', [], {}],
    ['1 record could not be read', [unreadable], {}],
    ['2 records could not be read, 1 tolerated', [unreadable, unreadable], { tolerateRejected: 1 }],
    [
      'the report day was not over when its events were read',
      [backupOf('ERP')],
      { settleMs: -3_600_000, clock: { nowMs: () => 0, sleep: async () => undefined } },
    ],
    [
      'inventory: a region did not answer',
      [backupOf('ERP')],
      {
        inventory: {
          ...fixedInventory([]),
          expectedResources: async () => ({
            digest: '',
            isNamed: true,
            faults: ['a region did not answer'],
            resources: [],
          }),
        },
      },
    ],
  ])('a report is not complete because %s', async (sentence, records, settings) => {
    const { report } = await judge(records, date, settings);
    expect(report.statusReasons).toEqual([sentence]);
  });

  const makeThem = 'Make the missing ones with run --date';

  it.each<[days: number, reasons: readonly string[], subject: string, words: string]>([
    [
      2,
      [],
      '2026-11-17 to 2026-11-18',
      `the archive has no report of 2026-11-17 to 2026-11-18; the events since 2026-11-16 were read and judged with this day's. ${makeThem}`,
    ],
    [
      1,
      [
        'the events of 2026-11-17 were not read: no report covers them, and a gap is bridged for 1 day at most; what happened then is not known. Make the missing reports with backfill, or raise maxBridgeDays',
      ],
      '2026-11-18',
      `the archive has no report of 2026-11-18; the events since 2026-11-18 were read and judged with this day's. ${makeThem}`,
    ],
  ])('bridging %i days of a gap', async (maxBridgeDays, reasons, subject, words) => {
    const records = [backupOf('ERP')];
    const [, last] = await judgeDays(['2026-11-16', date], () => ({
      records,
      maxBridgeDays,
      lookbackDays: 0,
    }));
    expect(last?.report.findings).toEqual([{ kind: 'memory', subject, words }]);
    expect(last?.report.statusReasons).toEqual(reasons);
  });

  it.each([
    ['the end event does not say how the backup ended', { lifecycleState: null }],
    ['the end event names a state that is not known: STRANGE', { lifecycleState: 'STRANGE' }],
  ])('a backup is unknown because %s', async (reason, details) => {
    const { report } = await judge([databaseEvent('end', `${date}T02:00:00Z`, { details })], date);
    expect(report.resources[0]?.controls['backup-succeeded'].reason).toBe(reason);
  });

  it.each([
    ['copying a backup failed at 2026-11-19 02:00 UTC: operationFailed', 'end'] as const,
    ['of copying a backup no end was seen: no reason given', 'begin'] as const,
  ])('a resource has the finding %s', async (finding, phase) => {
    const copy = volumeEvent(phase, `${date}T02:00:00Z`, {
      type: `blockvolumes.copyvolumebackup.${phase}`,
      ...(phase === 'end' ? { details: { status: 'operationFailed', backupState: null } } : {}),
    });
    const { report } = await judge([copy], date, { inventory: fixedInventory([volume]) });
    expect(report.resources[0]?.findings).toEqual([finding]);
  });

  it('a resource that is excluded from now on was resolved by that', async () => {
    const [, last] = await judgeDays(['2026-11-18', date], (each) => ({
      inventory: fixedInventory([databaseNamed('ERP')]),
      rules: { excludes: each === date ? [{ match: { name: ['ERP'] }, reason: 'rebuilt nightly' }] : [] },
    }));
    expect(last?.report.followUp.resolved.map(({ words }) => words)).toEqual(['excluded: rebuilt nightly']);
  });
});
