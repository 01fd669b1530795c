import { sha256Hex } from '../base/digest.js';
import type { ProtectedResource } from '../model/protected-resource.js';
import type { EventSource, SourceRecord } from '../ports/event-source.js';
import type { Inventory } from '../ports/inventory.js';
import { reasonWords } from '../model/reasons/reason-words.js';

/**
 * Removes or replaces what a plan does not want in its archive (principals, addresses, messages). Each function returns
 * what it was given where it has nothing to do.
 *
 * It is applied once, where sources, inventory and configuration enter: evidence, made-by/ and report are all made of
 * what it returns. So a replay from the archive runs without it, and gives the same. It may touch no field that a rule
 * reads.
 */
export interface Redaction {
  record(value: unknown): unknown;
  resource(resource: ProtectedResource): ProtectedResource;
  configuration(content: unknown): unknown;
}

/** Leaves everything as it was read, byte for byte. */
export const noRedaction: Redaction = {
  record: (value) => value,
  resource: (resource) => resource,
  configuration: (content) => content,
};

/** The source with every record redacted. What is no JSON cannot be redacted: its length and digest stay. */
export function redactSource(source: EventSource, redaction: Redaction): EventSource {
  if (redaction === noRedaction) return source;
  return {
    ...source,
    read: (window) => {
      const reading = source.read(window);
      return { ...reading, batches: redactedBatches(reading.batches, redaction) };
    },
    diagnose: (window) => source.diagnose(window),
  };
}

/** The inventory with every resource redacted. Its content becomes the redacted resources, as JSON. */
export function redactInventory(inventory: Inventory, redaction: Redaction): Inventory {
  if (redaction === noRedaction) return inventory;
  return {
    ...inventory,
    expectedResources: async (observed) => {
      const { content, ...reading } = await inventory.expectedResources(observed);
      const resources = reading.resources.map((each) => redaction.resource(each));
      if (content === undefined) return { ...reading, resources };
      const bytes = Buffer.from(JSON.stringify(resources));
      const mediaType = 'application/json';
      return { ...reading, resources, digest: sha256Hex(bytes), content: { bytes, mediaType } };
    },
    // Written above; its digest was checked.
    readBack: (content) => JSON.parse(Buffer.from(content).toString('utf8')) as ProtectedResource[],
  };
}

async function* redactedBatches(
  batches: AsyncIterable<readonly SourceRecord[]>,
  redaction: Redaction,
): AsyncGenerator<readonly SourceRecord[]> {
  for await (const batch of batches) yield batch.map((record) => redacted(record, redaction));
}

function redacted(record: SourceRecord, redaction: Redaction): SourceRecord {
  const { place } = record;
  if (record.kind === 'unreadable') return { ...record, excerpt: '' };
  if (record.kind === 'value') return { ...record, value: redaction.record(record.value) };
  const parsed = parse(record.text);
  if (!parsed.ok) {
    const { length: bytes } = Buffer.from(record.text);
    const reason = reasonWords('lineNotJson');
    return { kind: 'unreadable', reason, excerpt: '', sha256: sha256Hex(record.text), bytes, place };
  }
  const value = redaction.record(parsed.value);
  return value === parsed.value ? record : { kind: 'value', value, place };
}

function parse(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}
