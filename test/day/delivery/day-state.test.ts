import { beforeEach, describe, expect, it } from 'vitest';
import { type NotifyingPlan, dayState } from '../../../src/day/delivery/day-state.js';
import { type DeliveryOptions, deliverReport } from '../../../src/day/delivery/deliver-report.js';
import type { DeliveryPlan } from '../../../src/day/delivery/delivery-context.js';
import { openLedger } from '../../../src/day/delivery/delivery-ledger.js';
import { Failure } from '../../../src/errors.js';
import type { Channel, MailMessage, SendResult } from '../../../src/ports/delivery.js';
import type { DailyReport } from '../../../src/reports/backup-compliance/model/daily-report.js';
import { acceptedBy, commitDay, keepingMailer, plainMailRenderer } from '../../support/committed-day.js';
import { deliveredKind } from '../../support/delivered-kind.js';
import { createMemoryArchive, type MemoryArchive } from '../../support/memory-archive.js';
import { reportOf, sampleResource } from '../../support/sample-report.js';
import { sleeplessClock } from '../../support/sleepless-clock.js';
import { english } from '../../support/judge-day.js';

const date = '2026-11-19';
const report = reportOf([sampleResource()]);
const log = { info: () => undefined, warn: () => undefined };
const mail = {
  from: 'reports@example.com',
  to: ['ops@example.com', 'boss@example.com'],
  attachWorkbook: false,
  maxMessageBytes: 2_000_000,
  linkExpiresMs: null,
};
const mailPlan: NotifyingPlan & DeliveryPlan<DailyReport> = {
  name: 'daily-backup',
  mail,
  channels: [],
  kind: deliveredKind(),
  language: english,
};
const silentPlan: NotifyingPlan = { name: 'daily-backup', mail: null, channels: [] };

type Answer = (message: MailMessage) => Promise<SendResult>;

const takes: Answer = async ({ recipients }) => acceptedBy(recipients);
const isDown: Answer = () => Promise.reject(new Failure('delivery', 'the server is down'));
const crashes: Answer = () => Promise.reject(new Error('the process is gone'));
const refusesBoss: Answer = async ({ recipients }) => ({
  accepted: recipients.filter((each) => !each.startsWith('boss')),
  refused: recipients
    .filter((each) => each.startsWith('boss'))
    .map((recipient) => ({ recipient, reason: '550' })),
  location: null,
});

const refusesGone: Answer = (message) =>
  message.recipients[0]?.startsWith('gone') ? isDown(message) : takes(message);

const refusesAllButSlices: Answer = (message) =>
  message.recipients[0]?.startsWith('dba') ? takes(message) : isDown(message);

const channel = (name: string, when: Channel['when']): Channel => ({
  name,
  type: 'test',
  when,
  claimMs: 0,
  notify: async () => undefined,
});

describe('dayState', () => {
  let archive: MemoryArchive;

  beforeEach(() => {
    archive = createMemoryArchive();
  });

  /** One try at delivering everything, whatever comes of it. */
  async function deliver(
    answer: Answer,
    {
      slugs = [],
      channels = [],
      revision = 1,
      ...options
    }: DeliveryOptions & {
      slugs?: readonly string[];
      channels?: readonly Channel[];
      revision?: number;
    } = {},
  ): Promise<void> {
    const parts = slugs.map((slug) => {
      return { name: slug, slug, to: [`${slug}@example.com`], report, workbook: null };
    });
    await deliverReport(
      mailPlan,
      {
        report,
        revision,
        prefix: `daily-backup/2026/11/19/r${revision}/`,
        supersedes: null,
        workbook: null,
        parts,
      },
      {
        mailer: keepingMailer([], answer),
        mailRenderer: plainMailRenderer,
        channels,
        archive,
        clock: sleeplessClock(0),
        log,
      },
      options,
    ).catch(() => undefined);
  }

  const commit = (slugs: readonly string[] = [], revision = 1): Promise<string> =>
    commitDay(archive, report, { revision, workbooks: slugs.map((slug) => `slice-${slug}.xlsx`) });

  const stateOf = (plan: NotifyingPlan = mailPlan) => dayState(archive, plan, date);

  it('is missing without a committed revision', async () => {
    expect(await stateOf()).toBe('missing');
    await archive.create(
      'daily-backup/2026/11/19/r1/report.json',
      { bytes: Buffer.from('{}') },
      'text/plain',
    );
    expect(await stateOf()).toBe('missing');
  });

  it('is undelivered before any attempt, done where nobody is to be told', async () => {
    await commit();
    expect(await stateOf()).toBe('undelivered');
    expect(await stateOf(silentPlan)).toBe('done');
  });

  it('reads no report to know, only its manifest', async () => {
    const prefix = await commit();
    await deliver(takes);
    const read: string[] = [];
    const watched = {
      ...archive,
      read: (key: string) => (read.push(key.slice(prefix.length)), archive.read(key)),
    };

    expect(await dayState(watched, mailPlan, date)).toBe('done');
    expect(read.sort()).toEqual(['delivery-1.claim.json', 'delivery-1.json', 'manifest.json']);
  });

  it('is done when some accepted it; who was refused beside them is not tried for ever', async () => {
    await commit();
    await deliver(refusesBoss);
    expect(await stateOf()).toBe('done');
  });

  it('is undelivered after a crash, until it was sent again', async () => {
    await commit();
    await deliver(crashes);
    expect(await stateOf()).toBe('undelivered');
    await deliver(takes);
    expect(await stateOf()).toBe('done');
  });

  it('is undelivered for as long as the mail server is down, however often it was tried', async () => {
    await commit(['dba']);
    for (let tries = 0; tries < 6; tries += 1) {
      await deliver(isDown, { slugs: ['dba'] });
      expect(await stateOf()).toBe('undelivered');
    }
    await deliver(takes, { slugs: ['dba'] });
    expect(await stateOf()).toBe('done');
  });

  it('gives up a message that all refused three times where others were accepted by the same way', async () => {
    await commit(['gone']);
    const states: string[] = [];
    for (let tries = 0; tries < 3; tries += 1) {
      await deliver(refusesGone, { slugs: ['gone'] });
      states.push(await stateOf());
    }
    expect(states).toEqual(['undelivered', 'undelivered', 'done']);
  });

  it('does not take a channel that answers for a mail server that does', async () => {
    await commit();
    const channels = [{ ...channel('ops', 'always'), type: 'another way' }];
    for (let tries = 0; tries < 4; tries += 1) await deliver(isDown, { channels });

    expect(await stateOf()).toBe('undelivered');
  });

  it('is missing where its report was made before the day was over', async () => {
    const times = { cutOff: '2026-11-20T00:00:00.000Z', generatedAt: '2026-11-19T23:59:59.999Z' };
    await commitDay(archive, report, { workbooks: [], manifest: times });
    await deliver(takes);
    expect(await stateOf()).toBe('missing');
    const over = { ...times, generatedAt: times.cutOff };
    await commitDay(archive, report, { revision: 2, workbooks: [], manifest: over });
    expect(await stateOf()).toBe('undelivered');
  });

  it('does not take a channel that answers for another one of its type', async () => {
    await commit();
    const refuses = { notify: () => Promise.reject(new Failure('delivery', '410')) };
    const channels = [channel('ops', 'always'), { ...channel('gone', 'always'), ...refuses }];
    for (let tries = 0; tries < 4; tries += 1) await deliver(takes, { channels });

    expect(await stateOf({ ...mailPlan, channels })).toBe('undelivered');
  });

  it('wants each slice, by its workbook', async () => {
    await commit(['dba', 'net']);
    await deliver(takes, { slugs: ['dba'] });
    expect(await stateOf()).toBe('undelivered');
    await deliver(takes, { slugs: ['dba', 'net'] });
    expect(await stateOf()).toBe('done');
  });

  it('wants each channel told, or found not to be due', async () => {
    await commit();
    const plan = { ...mailPlan, channels: [{ name: 'ops' }, { name: 'trouble' }] };
    await deliver(takes);
    expect(await stateOf(plan)).toBe('undelivered');
    await deliver(takes, { channels: [channel('ops', 'always')] });
    expect(await stateOf(plan)).toBe('undelivered');
    await deliver(takes, { channels: [channel('ops', 'always'), channel('trouble', 'trouble')] });
    expect(await stateOf(plan)).toBe('done');
  });

  it('looks at the newest committed revision alone', async () => {
    await commit();
    await deliver(takes);
    await commit([], 2);
    expect(await stateOf()).toBe('undelivered');
    await deliver(takes, { revision: 2 });
    expect(await stateOf()).toBe('done');
  });

  it('looks past a revision that a crash left', async () => {
    await commit();
    await deliver(takes);
    const key = 'daily-backup/2026/11/19/r2/report.json';
    await archive.create(key, { bytes: Buffer.from('{}') }, 'text/plain');

    expect(await stateOf()).toBe('done');
  });

  it('wants no slice where the plan sends no mail', async () => {
    await commit(['dba']);

    expect(await stateOf(silentPlan)).toBe('done');
  });

  it('is not kept undelivered by a mail by hand to somebody else that crashed or was refused', async () => {
    await commit();
    await deliver(takes);
    const byHand = { byHand: { to: ['auditor@example.com'] } };
    await deliver(crashes, byHand);
    await deliver(isDown, byHand);

    expect(await stateOf()).toBe('done');
  });

  it('does not count what somebody else refused among the attempts of the plan', async () => {
    await commit(['dba']);
    await deliver(refusesAllButSlices, { slugs: ['dba'] });
    for (let tries = 0; tries < 3; tries += 1)
      await deliver(isDown, { byHand: { to: ['auditor@example.com'] } });
    expect(await stateOf()).toBe('undelivered');

    for (let tries = 0; tries < 2; tries += 1) await deliver(refusesAllButSlices, { slugs: ['dba'] });
    expect(await stateOf()).toBe('done');
  });

  it.each([
    ['was stopped while it was sent', crashes],
    ['was refused', isDown],
  ])('is undelivered again where a message that was withheld %s', async (_what, answer) => {
    const prefix = await commit();
    const whole = { messageId: '<daily-backup.2026-11-19.r1@example.com>', route: 'mail', transport: 'test' };
    await openLedger(prefix, { archive, clock: sleeplessClock(0), log }).withhold(whole);
    expect(await stateOf()).toBe('done');

    await deliver(answer, { byHand: { to: null } });
    expect(await stateOf()).toBe('undelivered');
  });

  it('stays done where a message that was withheld is sent by hand to somebody else', async () => {
    const prefix = await commit();
    const whole = { messageId: '<daily-backup.2026-11-19.r1@example.com>', route: 'mail', transport: 'test' };
    await openLedger(prefix, { archive, clock: sleeplessClock(0), log }).withhold(whole);
    for (const answer of [takes, isDown, crashes]) {
      await deliver(answer, { byHand: { to: ['auditor@example.com'] } });
      expect(await stateOf()).toBe('done');
    }
  });

  it('does not take a mail by hand to somebody else for the mail to the plan', async () => {
    await commit();
    await deliverReport(
      mailPlan,
      {
        report,
        revision: 1,
        prefix: 'daily-backup/2026/11/19/r1/',
        supersedes: null,
        workbook: null,
        parts: [],
      },
      {
        mailer: keepingMailer([]),
        mailRenderer: plainMailRenderer,
        channels: [],
        archive,
        clock: sleeplessClock(0),
        log,
      },
      { byHand: { to: ['auditor@example.com'] } },
    );
    expect(await stateOf()).toBe('undelivered');
  });
});
