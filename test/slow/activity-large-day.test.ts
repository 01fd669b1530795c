import { expect, it } from 'vitest';
import { countActivity } from '../../src/reports/database-activity/facts/count-activity.js';
import { openActivityReading } from '../../src/reports/database-activity/events/open-reading.js';
import { dayOf } from '../support/judge.js';
import { dataSafeEvent } from '../support/data-safe-events.js';

/** As much as an event of the unified audit trail has beside its fields. */
const attributes = `PROXY_SESSIONID=0::INSTANCE_ID=2::AUTHENTICATION_TYPE=(TYPE=(DATABASE))::${'SYSTEM_PRIVILEGE=null::'.repeat(40)}`;

it('250,000 audit events of a day are held in little memory, in the order of time', () => {
  const day = dayOf('2026-11-19');
  const reading = openActivityReading({ fromMs: day.startMs, toMs: day.cutOffMs });
  const events = 250_000;
  const dispositions: Record<string, number> = {};
  for (let index = 0; index < events * 1.1; index += 1) {
    const number = index % events;
    const value = dataSafeEvent({
      id: `ocid1.datasafeauditevent.oc1.iad.${String((number * 7919) % events).padStart(60, '0')}`,
      auditEventTime: new Date(day.startMs + ((number * 7919) % events) * 300).toISOString(),
      dbUserName: `USER_${number % 400}`,
      extendedEventAttributes: `${attributes}${number}`,
    });
    for (const { disposition } of reading.take(value, index + 1)) {
      dispositions[disposition] = (dispositions[disposition] ?? 0) + 1;
    }
  }
  expect(dispositions).toEqual({ used: events, duplicate: events * 0.1 });
  const { facts } = reading.finish(null);
  globalThis.gc?.();
  const { rss } = process.memoryUsage();
  const counted = countActivity(facts.held.lines(), day);
  expect(counted.counts.records).toBe(events);
  expect(counted.hours.reduce((sum, { records }) => sum + records, 0)).toBe(events);
  // The events themselves are some 400 MB of text.
  expect(rss).toBeLessThan(900 * 1024 * 1024);
  let last = '';
  for (const line of facts.held.lines()) {
    const time = String(line['auditEventTime']);
    if (time < last) throw new Error(`${time} after ${last}`);
    last = time;
  }
});
