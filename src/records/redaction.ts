import { sha256Hex } from '../base/digest.js';
import type { ProtectedResource } from '../model/protected-resource.js';
import type { EventSource, SourceRecord } from '../ports/event-source.js';
import type { Inventory } from '../ports/inventory.js';
import { reasonWords } from '../model/reasons/reason-words.js';
import { maxEventLevels } from './envelopes/unwrap-record.js';
import { type JsonReading, readJsonText } from './json.js';
import type { redactableFields } from './redactable-fields.js';

/** One entry of `redact`. A dropped field is left out; a hashed one keeps a keyed hash, so that equal values stay equal. */
export interface RedactionRule {
  /** `principalName`, or `tags.contact`. */
  readonly field: string;
  readonly by: 'hash' | 'drop';
}

/** A record that cannot be redacted, because nobody can look into all of it. */
export class UnredactableRecord extends Error {
  constructor() {
    super(reasonWords('nestedTooDeep', { levels: maxEventLevels }));
    this.name = 'UnredactableRecord';
  }
}

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
  /** A text of the configuration that reports show, as `approvedBy` of a waiver. */
  text(field: keyof typeof redactableFields, text: string): string;
}

/** Leaves everything as it was read, byte for byte. */
export const noRedaction: Redaction = {
  record: (value) => value,
  resource: (resource) => resource,
  configuration: (content) => content,
  text: (_field, text) => text,
};

/**
 * The source with every record redacted. What is no JSON, has a key twice, or is nested too deep cannot be redacted: its
 * length and digest stay. The same stays of a record that is rejected later.
 */
export function redactSource(source: EventSource, redaction: Redaction): EventSource {
  if (redaction === noRedaction) return source;
  return {
    ...source,
    isRedacted: true,
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
  // Evidence is redacted when it is written.
  if (record.kind === 'item' || record.kind === 'rejected') return record;
  if (record.kind === 'unreadable') return { ...record, excerpt: '' };
  if (record.kind === 'value')
    return redactedValue(record.value, record, JSON.stringify(record.value), redaction);
  const read: JsonReading = readJsonText(record.text);
  if (!read.ok) return unredactable(record.text, read.repeated ?? reasonWords('lineNotJson'), place);
  return redactedValue(read.value, record, record.text, redaction);
}

/** @param text of the whole record */
function redactedValue(
  value: unknown,
  record: Exclude<SourceRecord, { kind: 'unreadable' }>,
  text: string,
  redaction: Redaction,
): SourceRecord {
  try {
    const clean = redaction.record(value);
    return clean === value ? record : { kind: 'value', value: clean, place: record.place };
  } catch (error) {
    if (error instanceof UnredactableRecord) return unredactable(text, error.message, record.place);
    throw error;
  }
}

function unredactable(text: string, reason: string, place: string): SourceRecord {
  return {
    kind: 'unreadable',
    reason,
    excerpt: '',
    sha256: sha256Hex(text),
    bytes: Buffer.byteLength(text),
    place,
  };
}
