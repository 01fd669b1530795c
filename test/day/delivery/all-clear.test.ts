import { beforeEach, describe, expect, it } from 'vitest';
import { jsonMessage } from '../../../src/channels/webhook/json-message.js';
import { dayState } from '../../../src/day/delivery/day-state.js';
import { type ChannelNotice, deliverReport } from '../../../src/day/delivery/deliver-report.js';
import { withholdDelivery } from '../../../src/day/delivery/withhold-delivery.js';
import { Failure, UnreadableFile } from '../../../src/errors.js';
import type { Language } from '../../../src/model/language.js';
import type { Channel, Notice } from '../../../src/ports/delivery.js';
import { commitDay, plainMailRenderer } from '../../support/committed-day.js';
import { deliveredKind } from '../../support/delivered-kind.js';
import { english, languageOf } from '../../support/judge-day.js';
import { createMemoryArchive, type MemoryArchive } from '../../support/memory-archive.js';
import { failedResource, reportOf, sampleResource } from '../../support/sample-report.js';
import { sleeplessClock, type SleeplessClock } from '../../support/sleepless-clock.js';

const good = reportOf([sampleResource()]);
const bad = reportOf([failedResource()]);

/** `19 r1 bad`, and what the channel answers: by default it takes it. */
type Step = readonly [what: string, answer?: 'refuses' | 'crashes' | 'records nothing' | 'withheld'];

describe('an all clear to a channel that is only for trouble', () => {
  let archive: MemoryArchive;
  let clock: SleeplessClock;
  let told: Notice[];

  beforeEach(() => {
    archive = createMemoryArchive();
    clock = sleeplessClock(Date.parse('2026-11-20T06:00:00.000Z'));
    told = [];
  });

  const channelOf = (answer: Step[1]): Channel => ({
    name: 'on-call',
    type: 'test',
    when: 'trouble',
    claimMs: 0,
    notify: async (notice) => {
      if (answer === 'refuses') throw new Failure('delivery', '503');
      if (answer === 'crashes') throw new Error('killed before it was sent');
      told.push(notice);
      if (answer === 'records nothing') throw new Error('killed before the record');
    },
  });

  async function deliver(
    [what, answer]: Step,
    language: Language = english,
  ): Promise<ChannelNotice | undefined> {
    const [, day = '', revision = '', standing] = /^(\d\d) r(\d) (good|bad)$/.exec(what) ?? [];
    const date = `2026-11-${day}`;
    const sample = standing === 'good' ? good : bad;
    const report = { ...sample, reportDay: { ...sample.reportDay, date } };
    const prefix = `daily-backup/2026/11/${day}/r${revision}/`;
    const plan = { name: 'daily-backup', kind: deliveredKind(), language, mail: null };
    const isNew = !archive.keys().includes(`${prefix}manifest.json`);
    if (isNew) await commitDay(archive, report, { revision: Number(revision), workbooks: [] });
    const log = { info: () => undefined, warn: () => undefined };
    const channels = [channelOf(answer)];
    const ports = { mailer: null, mailRenderer: plainMailRenderer, channels, archive, clock, log };
    const common = { report, revision: Number(revision), prefix };
    const delivered = { ...common, supersedes: null, workbook: null, parts: [] };
    clock.advance(1000);
    if (answer === 'withheld') {
      await withholdDelivery(plan, delivered, ports);
      return undefined;
    }
    return (await deliverReport(plan, delivered, ports)).notices[0];
  }

  const toldOf = (): readonly string[] =>
    told.map(({ id, title, revokes }) => {
      const which = /\.2026-11-(\d\d)\.(r\d)@/.exec(id)?.slice(1).join(' ');
      const what = revokes === undefined ? '' : ` clears ${revokes.date.slice(-2)} r${revokes.revision}`;
      return `${which}${title.startsWith('All clear: ') ? ' all clear' : ''}${what}`;
    });

  it.each<[what: string, steps: readonly Step[], heard: readonly string[]]>([
    [
      'the next day',
      [['19 r1 bad'], ['20 r1 good'], ['21 r1 good'], ['22 r1 good']],
      ['19 r1', '20 r1 all clear clears 19 r1'],
    ],
    [
      'a revision of the day, and then the next day says nothing',
      [['19 r1 bad'], ['19 r2 good'], ['19 r3 good'], ['20 r1 good']],
      ['19 r1', '19 r2 all clear clears 19 r1'],
    ],
    ['never told: nothing', [['18 r1 good'], ['19 r1 good'], ['19 r2 good']], []],
    ['told in vain: nothing', [['19 r1 bad', 'refuses'], ['20 r1 good']], []],
    ['withheld trouble: nothing', [['19 r1 bad', 'withheld'], ['20 r1 good']], []],
    [
      'several bad days are cleared at once',
      [['18 r1 bad'], ['19 r1 bad'], ['20 r1 good']],
      ['18 r1', '19 r1', '20 r1 all clear clears 19 r1'],
    ],
    ['a gap of the archive', [['02 r1 bad'], ['25 r1 good']], ['02 r1', '25 r1 all clear clears 02 r1']],
    [
      'a revision of an older day clears that day alone',
      [['18 r1 bad'], ['19 r1 bad'], ['18 r2 good'], ['19 r2 good']],
      ['18 r1', '19 r1', '18 r2 all clear clears 18 r1', '19 r2 all clear clears 19 r1'],
    ],
    [
      'a day that the next one has cleared is not cleared again by its revision',
      [['19 r1 bad'], ['20 r1 good'], ['19 r2 good']],
      ['19 r1', '20 r1 all clear clears 19 r1'],
    ],
    [
      'trouble that came after the next day was found good',
      [['19 r1 bad', 'refuses'], ['20 r1 good'], ['19 r1 bad'], ['21 r1 good'], ['22 r1 good']],
      ['19 r1', '21 r1 all clear clears 19 r1'],
    ],
    [
      'again bad, again good',
      [['19 r1 bad'], ['20 r1 good'], ['21 r1 bad'], ['22 r1 good']],
      ['19 r1', '20 r1 all clear clears 19 r1', '21 r1', '22 r1 all clear clears 21 r1'],
    ],
    [
      'trouble that came after a later day was told good',
      [['18 r1 bad'], ['20 r1 good'], ['19 r1 bad'], ['21 r1 good']],
      ['18 r1', '20 r1 all clear clears 18 r1', '19 r1', '21 r1 all clear clears 19 r1'],
    ],
    [
      'trouble of a later revision than the one that cleared the day',
      [['19 r1 bad'], ['19 r2 good'], ['19 r3 bad'], ['20 r1 good']],
      ['19 r1', '19 r2 all clear clears 19 r1', '19 r3', '20 r1 all clear clears 19 r3'],
    ],
    [
      'an all clear whose sending was killed clears nothing',
      [['19 r1 bad'], ['20 r1 good', 'crashes'], ['20 r2 good']],
      ['19 r1', '20 r2 all clear clears 19 r1'],
    ],
    [
      'an all clear that was refused is told later',
      [['19 r1 bad'], ['20 r1 good', 'refuses'], ['20 r1 good'], ['21 r1 good']],
      ['19 r1', '20 r1 all clear clears 19 r1'],
    ],
    [
      'an all clear that nobody was to be told of is told by the next day',
      [['19 r1 bad'], ['20 r1 good', 'withheld'], ['21 r1 good']],
      ['19 r1', '21 r1 all clear clears 19 r1'],
    ],
    [
      'killed before it is sent: once',
      [['19 r1 bad'], ['20 r1 good', 'crashes'], ['20 r1 good'], ['20 r1 good']],
      ['19 r1', '20 r1 all clear clears 19 r1'],
    ],
    [
      'killed before its record: again under the same id',
      [['19 r1 bad'], ['20 r1 good', 'records nothing'], ['20 r1 good'], ['21 r1 good']],
      ['19 r1', '20 r1 all clear clears 19 r1', '20 r1 all clear clears 19 r1'],
    ],
    [
      'trouble whose record a kill prevented may have been heard',
      [['19 r1 bad', 'records nothing'], ['19 r2 good']],
      ['19 r1', '19 r2 all clear clears 19 r1'],
    ],
  ])('%s', async (_what, steps, heard) => {
    for (const step of steps) await deliver(step);
    expect(toldOf()).toEqual(heard);
    const last = steps.at(-1)?.[0].slice(0, 2);
    const plan = { name: 'daily-backup', mail: null, channels: [{ name: 'on-call' }] };
    expect(await dayState(archive, plan, `2026-11-${last}`)).toBe('done');
  });

  it('says what it clears, in the words of the mail', async () => {
    await deliver(['19 r1 bad']);
    expect(await deliver(['20 r1 good'])).toEqual({ name: 'on-call', kind: 'delivered', isAllClear: true });
    expect(told[1]).toMatchObject({
      title: 'All clear: whole r1',
      text: 'Trouble had been reported for 2026-11-19 (revision 1). It stands no more.\n\nCompliant: 1\nJobs: 14',
      standing: { level: 'good' },
    });
    expect(jsonMessage(told[1] ?? neverTold())).toMatchObject({
      allClear: { date: '2026-11-19', revision: 1 },
    });
    expect(jsonMessage(told[0] ?? neverTold())).not.toHaveProperty('allClear');
  });

  it('says it in German, too', async () => {
    await deliver(['19 r1 bad']);
    await deliver(['20 r1 good'], await languageOf('de'));
    expect(told[1]).toMatchObject({
      title: 'Entwarnung: whole r1',
      text: expect.stringMatching(
        /^Für den 19\.11\.2026 \(Revision 1\) war eine Störung gemeldet worden\. Sie besteht nicht mehr\.\n\n/,
      ),
    });
  });

  it.each([
    ['its record', '19 r1 bad', /19\/r1\/delivery-1\.json$/, 1],
    ['its record and its claim', '19 r1 bad', /19\/r1\/delivery-1\./, 1],
    ['a record of what was no trouble', '19 r1 good', /19\/r1\/delivery-1\./, 0],
  ] as const)('counts trouble as told where nobody can read %s', async (_what, step, damaged, clears) => {
    await deliver([step]);
    const { read } = archive;
    archive.read = async (key) => {
      if (damaged.test(key)) throw new UnreadableFile(key, 'link');
      return read(key);
    };
    expect(await deliver(['20 r1 good'])).toMatchObject({ kind: clears === 1 ? 'delivered' : 'not-due' });
    await deliver(['21 r1 good']);
    expect(toldOf().filter((each) => each.includes('all clear'))).toHaveLength(clears);
  });

  it.each([
    ['trouble', bad, 1],
    ['no trouble', good, 0],
  ])('asks the report where an earlier version told of %s', async (_what, sample, heard) => {
    const report = { ...sample, reportDay: { ...sample.reportDay, date: '2026-11-19' } };
    const prefix = await commitDay(archive, report, { workbooks: [] });
    const message = { messageId: '<daily-backup.2026-11-19.r1@localhost>', route: 'channel:on-call' };
    const record = { schemaVersion: 1, attempt: 1, time: '2026-11-20T05:00:00Z', ...message };
    const sent = { transport: 'test', location: null, accepted: ['on-call'], refused: [] };
    const bytes = Buffer.from(JSON.stringify({ ...record, ...sent }));
    await archive.create(`${prefix}delivery-1.json`, { bytes }, 'application/json');
    await deliver(['20 r1 good']);
    expect(told).toHaveLength(heard);
  });

  it('tells a channel that is told always of every report, and never that all is clear', async () => {
    const always = { ...channelOf(undefined), when: 'always' as const };
    const log = { info: () => undefined, warn: () => undefined };
    const ports = { mailer: null, mailRenderer: plainMailRenderer, channels: [always], archive, clock, log };
    const plan = { name: 'daily-backup', kind: deliveredKind(), language: english, mail: null };
    for (const [index, report] of [bad, good].entries()) {
      const revision = index + 1;
      const prefix = await commitDay(archive, report, { revision, workbooks: [] });
      const delivered = { report, revision, prefix, supersedes: null, workbook: null, parts: [] };
      await deliverReport(plan, delivered, ports);
    }
    expect(told.map(({ title, revokes }) => [title, revokes])).toEqual([
      ['whole r1', undefined],
      ['whole r2', undefined],
    ]);
  });
});

function neverTold(): never {
  throw new Error('it was not told');
}
