import { beforeEach, describe, expect, it } from 'vitest';
import type { ClaimOutcome, OutboundMessage } from '../../../src/day/delivery/claim-message.js';
import { openLedger, recordRefusal } from '../../../src/day/delivery/delivery-ledger.js';
import type { DeliveryClaim } from '../../../src/model/delivery.js';
import { createMemoryArchive, type MemoryArchive } from '../../support/memory-archive.js';
import { sleeplessClock, type SleeplessClock } from '../../support/sleepless-clock.js';

const prefix = 'daily-backup/2026/11/19/r1/';
const startMs = Date.parse('2026-11-20T06:00:12.345Z');
const noLog = { info: () => undefined, warn: () => undefined };
const message: OutboundMessage = {
  messageId: '<daily-backup.2026-11-19.r1@example.com>',
  route: 'mail',
  transport: 'test',
  recipients: ['a@example.com', 'b@example.com'],
  claimMs: 60_000,
  byHand: false,
};
const nothing = async (): Promise<null> => null;

async function otherClaim(): Promise<DeliveryClaim> {
  const { byHand: _byHand, claimMs: _claimMs, ...rest } = message;
  const time = new Date(startMs).toISOString();
  return { schemaVersion: 1, attempt: 1, time, expires: time, ...rest };
}

describe('the delivery ledger', () => {
  let archive: MemoryArchive;
  let clock: SleeplessClock;

  beforeEach(() => {
    clock = sleeplessClock(startMs);
    archive = createMemoryArchive({ nowMs: clock.nowMs });
  });

  const ledger = () => openLedger(prefix, { archive, clock, log: noLog });

  async function claimed(
    asked: OutboundMessage = message,
  ): Promise<Extract<ClaimOutcome<null>, { kind: 'claimed' }>> {
    const outcome = await ledger().claim(asked, nothing);
    if (outcome.kind !== 'claimed') throw new Error(`it is ${outcome.kind}`);
    return outcome;
  }

  const put = (name: string, value: object) =>
    archive.create(`${prefix}${name}`, { bytes: Buffer.from(JSON.stringify(value)) }, 'application/json');

  it('claims before anything is sent, and records under the same number', async () => {
    const { claim, resent } = await claimed();
    expect(archive.keys()).toEqual([`${prefix}delivery-1.claim.json`]);
    expect(claim).toEqual({
      schemaVersion: 1,
      attempt: 1,
      time: '2026-11-20T06:00:12.345Z',
      expires: '2026-11-20T06:01:12.345Z',
      messageId: message.messageId,
      route: 'mail',
      transport: 'test',
      recipients: message.recipients,
    });
    expect(resent).toBeNull();
    await ledger().record(claim, { accepted: message.recipients, refused: [], location: null });
    expect(archive.keys()).toEqual([`${prefix}delivery-1.claim.json`, `${prefix}delivery-1.json`]);
    expect((await ledger().claim(message, nothing)).kind).toBe('accepted');
  });

  it('gives a message to exactly one of many at once; the others wait and hear what became of it', async () => {
    let sending = 0;
    const send = async (): Promise<string> => {
      const own = ledger();
      const outcome = await own.claim(message, nothing);
      if (outcome.kind !== 'claimed') return outcome.kind;
      sending += 1;
      await clock.sleep(5000);
      await own.record(outcome.claim, { accepted: outcome.claim.recipients, refused: [], location: null });
      return outcome.kind;
    };
    const kinds = await Promise.all(Array.from({ length: 10 }, send));

    expect(sending).toBe(1);
    expect(kinds.filter((kind) => kind === 'accepted')).toHaveLength(9);
  });

  it('takes over the answer of an attempt that it waited for: refused is refused', async () => {
    const { claim } = await claimed();
    const waiting = ledger().claim(message, nothing);
    await recordRefusal(ledger(), claim, 'the server is down', noLog);

    expect(await waiting).toMatchObject({ kind: 'refused-meanwhile', record: { attempt: 1 } });
    // Whoever comes later tries anew.
    expect((await claimed()).claim.attempt).toBe(2);
  });

  it('sends again after a crash when the claim has expired, under the same id and with a note', async () => {
    await claimed();
    const { claim, resent } = await claimed();

    expect(clock.nowMs()).toBeGreaterThanOrEqual(startMs + 60_000);
    expect(clock.nowMs()).toBeLessThan(startMs + 60_001);
    expect(claim).toMatchObject({ attempt: 2, messageId: message.messageId });
    expect(resent).toBe('attempt 2; attempt 1 of 2026-11-20T06:00:12Z has no record');
  });

  it('waits in steps that grow to some seconds', async () => {
    await claimed();
    await claimed();

    expect(clock.slept.slice(0, 5)).toEqual([1000, 1500, 2250, 3375, 4000]);
    expect(Math.max(...clock.slept)).toBe(4000);
  });

  it('reads each file once, however long it waits', async () => {
    await claimed();
    const reads: string[] = [];
    const watched = { ...archive, read: (key: string) => (reads.push(key), archive.read(key)) };
    await openLedger(prefix, { archive: watched, clock, log: noLog }).claim(message, nothing);

    expect(reads).toEqual([`${prefix}delivery-1.claim.json`]);
  });

  it('takes a claim of no length as expired at once', async () => {
    await claimed({ ...message, claimMs: 0 });

    expect((await claimed()).resent).toContain('attempt 1');
    expect(clock.slept).toEqual([]);
  });

  it.each([
    ['a day ahead', 86_400_000],
    ['a year ahead', 366 * 86_400_000],
  ])('never waits longer than a claim is long, though its clock was %s', async (_what, skewMs) => {
    clock.advance(skewMs);
    await claimed();
    clock.advance(-skewMs);
    await claimed();

    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBe(60_000);
  });

  it('never waits longer than a claim is long, though its own clock jumps back', async () => {
    await claimed();
    let jumps = 0;
    const jumping = {
      nowMs: clock.nowMs,
      sleep: async (ms: number) => {
        await clock.sleep(ms);
        if (jumps < 3) clock.advance(-3_600_000);
        jumps += 1;
      },
    };
    await openLedger(prefix, { archive, clock: jumping, log: noLog }).claim(message, nothing);

    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBe(60_000);
  });

  it('looks again when another claims the number at the same moment', async () => {
    let isFirst = true;
    archive = createMemoryArchive({
      beforeCreate: async (key, itself) => {
        if (!isFirst) return;
        isFirst = false;
        const other: DeliveryClaim = { ...(await otherClaim()), route: 'channel:ops' };
        await itself.create(key, { bytes: Buffer.from(JSON.stringify(other)) }, 'application/json');
      },
    });

    expect((await claimed()).claim.attempt).toBe(2);
    expect(archive.attempts).toContain(`${prefix}delivery-2.claim.json`);
  });

  it('does not wait for other messages of the revision', async () => {
    await claimed();

    expect((await claimed({ ...message, route: 'channel:ops' })).claim.attempt).toBe(2);
    const slice = { ...message, messageId: '<daily-backup.2026-11-19.r1.dba@example.com>' };
    expect((await claimed(slice)).claim.attempt).toBe(3);
    expect(clock.slept).toEqual([]);
  });

  it('counts records of versions that had neither claims nor routes, for mail alone', async () => {
    await put('delivery-1.json', {
      schemaVersion: 1,
      attempt: 1,
      time: '2026-11-20T06:00:00.000Z',
      messageId: message.messageId,
      transport: 'outbox',
      location: null,
      accepted: ['a@example.com'],
      refused: [{ recipient: 'b@example.com', reason: '550' }],
    });

    expect((await claimed()).claim).toMatchObject({ attempt: 2, recipients: ['b@example.com'] });
    const channel = { ...message, route: 'channel:ops', recipients: ['a@example.com'] };
    expect((await claimed(channel)).claim).toMatchObject({ attempt: 3, recipients: ['a@example.com'] });
  });

  it('knows who has it when the domain of the sender has changed since', async () => {
    const { claim } = await claimed();
    await ledger().record(claim, { accepted: message.recipients, refused: [], location: null });

    const moved = { ...message, messageId: '<daily-backup.2026-11-19.r1@example.org>' };
    expect((await ledger().claim(moved, nothing)).kind).toBe('accepted');
  });

  it('takes numbers after the highest that is there, whatever is missing below', async () => {
    await put('delivery-7.claim.json', { ...(await otherClaim()), attempt: 7 });

    expect((await claimed()).claim.attempt).toBe(8);
  });

  it('prepares once, before it claims, and not at all where nobody is left', async () => {
    const order: string[] = [];
    archive = createMemoryArchive({ beforeCreate: async (key) => void order.push(key.slice(prefix.length)) });
    const prepare = async (): Promise<void> => void order.push('prepared');
    const outcome = await ledger().claim(message, prepare);
    if (outcome.kind !== 'claimed') throw new Error(outcome.kind);
    await ledger().record(outcome.claim, { accepted: message.recipients, refused: [], location: null });
    await ledger().claim(message, prepare);

    expect(order).toEqual(['prepared', 'delivery-1.claim.json', 'delivery-1.json']);
  });

  it('sends to all by hand, whoever has it', async () => {
    const { claim } = await claimed();
    await ledger().record(claim, { accepted: message.recipients, refused: [], location: null });

    const again = await claimed({ ...message, byHand: true });
    expect(again).toMatchObject({ resent: 'by hand', claim: { recipients: message.recipients } });
  });

  it('notes once that nothing is to be sent, which keeps nobody from sending later', async () => {
    await ledger().withhold(message);
    await ledger().withhold(message);

    expect(archive.keys()).toEqual([`${prefix}delivery-1.claim.json`, `${prefix}delivery-1.json`]);
    expect((await claimed()).claim).toMatchObject({ attempt: 2, recipients: message.recipients });
  });

  it('waits for who is sending also by hand, and then sends though that was refused', async () => {
    const { claim } = await claimed();
    const waiting = claimed({ ...message, byHand: true });
    await recordRefusal(ledger(), claim, 'the server is down', noLog);

    expect((await waiting).claim).toMatchObject({ attempt: 2, recipients: message.recipients });
    expect(clock.slept).not.toEqual([]);
  });

  it('does not take over an answer that says nothing of some who are left', async () => {
    const { claim } = await claimed({ ...message, recipients: ['a@example.com'] });
    const waiting = claimed();
    await recordRefusal(ledger(), claim, 'no such user', noLog);

    expect((await waiting).claim).toMatchObject({ attempt: 2, recipients: message.recipients });
  });

  it('takes over the last answer of those that it waited for', async () => {
    const first = await claimed();
    const second = { ...first.claim, attempt: 2 };
    await put('delivery-2.claim.json', second);
    const waiting = ledger().claim(message, nothing);
    await recordRefusal(ledger(), first.claim, 'no such user', noLog);
    await recordRefusal(ledger(), second, 'the server is down', noLog);

    expect(await waiting).toMatchObject({ kind: 'refused-meanwhile', record: { attempt: 2 } });
  });

  it('keeps on when others take the number again and again, and prepares once', async () => {
    let lost = 0;
    let isOther = false;
    archive = createMemoryArchive({
      beforeCreate: async (key, itself) => {
        if (isOther || lost === 20) return;
        lost += 1;
        isOther = true;
        const other = { ...(await otherClaim()), attempt: lost, route: 'channel:ops' };
        await itself.create(key, { bytes: Buffer.from(JSON.stringify(other)) }, 'application/json');
        isOther = false;
      },
    });
    let prepared = 0;
    const outcome = await ledger().claim(message, async () => (prepared += 1));

    expect(outcome).toMatchObject({ kind: 'claimed', claim: { attempt: 21 }, prepared: 1 });
    expect(prepared).toBe(1);
    expect(lost).toBe(20);
  });

  it.each(['claim', 'withhold'] as const)(
    'fails to %s, with words, when others are always first',
    async (what) => {
      const contested = { ...archive, create: async () => 'exists' as const };
      const own = openLedger(prefix, { archive: contested, clock, log: noLog });
      const work = what === 'claim' ? own.claim(message, nothing) : own.withhold(message);

      await expect(work).rejects.toMatchObject({ kind: 'storage', retryable: true });
    },
  );

  it('has no message to nobody', async () => {
    await expect(ledger().claim({ ...message, recipients: [] }, nothing)).rejects.toThrow(TypeError);
    expect(archive.keys()).toEqual([]);
  });

  it('says by which attempt the last of them got it', async () => {
    const first = await claimed({ ...message, recipients: ['a@example.com'] });
    await ledger().record(first.claim, { accepted: ['a@example.com'], refused: [], location: null });
    const second = await claimed();
    expect(second.claim.recipients).toEqual(['b@example.com']);
    await ledger().record(second.claim, { accepted: ['b@example.com'], refused: [], location: null });

    expect(await ledger().claim(message, nothing)).toMatchObject({
      kind: 'accepted',
      record: { attempt: 2 },
    });
  });

  it('names the last three crashes', async () => {
    for (let crash = 0; crash < 4; crash += 1) await claimed({ ...message, claimMs: 0 });

    expect((await claimed()).resent).toMatch(/^attempt 5; attempt 2 of .*; attempt 3 of .*; attempt 4 of /);
  });

  it('names no crash of an attempt whose recipients have it since', async () => {
    await claimed({ ...message, recipients: ['a@example.com'], claimMs: 0 });
    const { claim } = await claimed({ ...message, recipients: ['a@example.com'] });
    await ledger().record(claim, { accepted: ['a@example.com'], refused: [], location: null });

    expect(await claimed()).toMatchObject({ resent: null, claim: { recipients: ['b@example.com'] } });
  });

  it('does not let a record of another message close a claim', async () => {
    const { claim } = await claimed({ ...message, claimMs: 0 });
    const foreign = { ...claim, route: 'channel:ops' };
    await ledger().record(foreign, { accepted: ['ops'], refused: [], location: null });

    expect((await claimed()).resent).toContain('attempt 1 of');
  });

  it('takes a claim whose times cannot be read as expired, and says no more of them than fits', async () => {
    await put('delivery-1.claim.json', {
      ...(await otherClaim()),
      time: 'yesterday'.repeat(10),
      expires: '?',
    });

    expect((await claimed()).resent).toBe(
      'attempt 2; attempt 1 of yesterdayyesterdayyesterdayyes has no record',
    );
    expect(clock.slept).toEqual([]);
  });

  it('withholds nothing that somebody has, and no longer than until it is sent', async () => {
    const { claim } = await claimed();
    await ledger().record(claim, { accepted: ['a@example.com'], refused: [], location: null });
    await ledger().withhold(message);
    expect(archive.keys()).toHaveLength(2);

    const other = { ...message, route: 'channel:ops', recipients: ['ops'] };
    await ledger().withhold(other);
    await claimed({ ...other, claimMs: 0 });
    await ledger().withhold(other);
    expect(archive.keys().filter((key) => !key.includes('claim'))).toEqual(
      [1, 2, 4].map((attempt) => `${prefix}delivery-${attempt}.json`),
    );
  });

  it('withholds under the next number when another takes the first, and keeps nobody waiting', async () => {
    let isFirst = true;
    archive = createMemoryArchive({
      beforeCreate: async (key, itself) => {
        if (!isFirst) return;
        isFirst = false;
        const other: DeliveryClaim = { ...(await otherClaim()), route: 'channel:ops' };
        await itself.create(key, { bytes: Buffer.from(JSON.stringify(other)) }, 'application/json');
      },
    });
    await ledger().withhold(message);

    const read = async (name: string): Promise<Partial<DeliveryClaim>> =>
      JSON.parse(Buffer.from((await archive.read(`${prefix}${name}`)) ?? []).toString());
    const claim = await read('delivery-2.claim.json');
    expect(claim.expires).toBe(claim.time);
    expect(await read('delivery-2.json')).toMatchObject({ accepted: [], refused: [] });
  });

  it('does not write a record where there is one', async () => {
    const { claim } = await claimed();
    await put('delivery-1.json', {});

    await expect(
      ledger().record(claim, { accepted: message.recipients, refused: [], location: null }),
    ).rejects.toMatchObject({ kind: 'storage', message: expect.stringContaining('delivery-1.json') });
  });
});
