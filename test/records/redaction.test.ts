import { describe, expect, it } from 'vitest';
import { noRedaction, redactInventory, redactSource } from '../../src/records/redaction.js';
import type { Redaction } from '../../src/records/redaction.js';
import { fixedInventory, judge } from '../support/judge-day.js';
import { memorySource } from '../support/memory-source.js';
import { databaseEvent } from '../support/raw-event.js';

const planted = 'jane.doe@example.com';

/** Whatever it is: without the name that was planted. */
function withoutName<T>(value: T): T {
  const text = JSON.stringify(value);
  return text.includes(planted) ? (JSON.parse(text.replaceAll(planted, 'somebody')) as T) : value;
}

const redaction: Redaction = {
  record: withoutName,
  resource: withoutName,
  configuration: withoutName,
  text: (_field, text) => withoutName(text),
};

const date = '2026-11-19';
const event = databaseEvent('end', `${date}T02:00:00Z`, { id: 'a', details: { principalName: planted } });
const plain = databaseEvent('end', `${date}T03:00:00Z`, { id: 'b', resourceId: 'ocid1.dbbackup.oc1.iad.b2' });
const records = [event, plain, `{"half": "${planted}`];
const inventory = fixedInventory([
  {
    resourceId: 'ocid1.database.oc1.iad.erpprd',
    resourceName: 'ERPPRD',
    owner: planted,
    tags: { contact: planted },
  },
]);

const textOf = (files: ReadonlyMap<string, Buffer>, evidence: unknown): string =>
  [...files.values()].map((bytes) => bytes.toString('latin1')).join('\n') + JSON.stringify(evidence);

describe('a redaction', () => {
  it('is applied before evidence and report, to records and inventory', async () => {
    const read = await judge(records, date, { inventory, tolerateRejected: 1 });
    expect(textOf(read.files, read.evidence)).toContain(planted);
    const redacted = await judge([], date, {
      sources: [redactSource(memorySource(records), redaction)],
      inventory: redactInventory(inventory, redaction),
      tolerateRejected: 1,
    });
    expect(textOf(redacted.files, redacted.evidence)).not.toContain(planted);
    expect(redacted.report.totals).toEqual(read.report.totals);
    expect(redacted.report.controlTotals).toEqual(read.report.controlTotals);
    expect(redacted.report.resources).toMatchObject([{ owner: 'somebody', tags: { contact: 'somebody' } }]);
  });

  it('leaves a record as it was read where there is nothing to redact', async () => {
    const text = JSON.stringify(plain).replace('{', '{ ');
    const source = redactSource(memorySource([text]), redaction);
    const read: unknown[] = [];
    const window = { fromMs: 0, toMs: Date.parse('2027-01-01') };
    for await (const batch of source.read(window).batches) read.push(...batch);
    expect(read).toMatchObject([{ kind: 'text', text }]);
  });

  it('keeps of a line that is no JSON its length and digest', async () => {
    const { evidence } = await judge([], date, { sources: [redactSource(memorySource(records), redaction)] });
    const rejected = evidence.filter(({ disposition }) => disposition === 'rejected');
    expect(rejected).toMatchObject([
      { bytes: 30, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), excerpt: '' },
    ]);
  });

  it('is not there by default: adapters are as they were made', () => {
    const source = memorySource([]);
    expect(redactSource(source, noRedaction)).toBe(source);
    expect(redactInventory(inventory, noRedaction)).toBe(inventory);
  });

  it('is what a report is rebuilt from: the redacted inventory can be read back', async () => {
    const redacted = redactInventory(
      {
        ...inventory,
        expectedResources: async (observed) => ({
          ...(await inventory.expectedResources(observed)),
          content: { bytes: Buffer.from(planted), mediaType: 'text/csv' },
        }),
      },
      redaction,
    );
    const { resources, content } = await redacted.expectedResources([]);
    expect(content?.bytes.toString()).not.toContain(planted);
    expect(redacted.readBack?.(content?.bytes ?? Buffer.alloc(0))).toEqual(resources);
  });
});
