import { createHmac } from 'node:crypto';
import { sha256Hex } from '../base/digest.js';
import { isDeeperThan } from '../base/nesting.js';
import type { ProtectedResource } from '../model/protected-resource.js';
import { decodeBase64, decodeBase64Loosely } from './base64.js';
import { contentOfText } from './envelopes/text-content.js';
import { RepeatedField, isJsonObject, readJsonText } from './json.js';
import { type Redaction, type RedactionRule, UnredactableRecord } from './redaction.js';
import { type RedactableField, lettersOf, redactableFields, tagOfField } from './redactable-fields.js';

/** Deeper values are no event of any service. */
const maxLevels = 500;

/** How a hashed value begins; such a value is not hashed again. */
const hashMark = 'hmac-sha256:';
const hashed = /^hmac-sha256:[0-9a-f]{32}$/;

/** Objects that have a resource's tags, as records spell them. */
const tagObjects = new Set(['freeformtags', 'definedtags', 'tags', 'systemtags']);

type Rules = ReadonlyMap<string, Pick<RedactionRule, 'by'> & Pick<RedactableField, 'mayHoldEvent'>>;

/** @param hashKey of the keyed hash; null where no rule hashes */
export function redactionOf(rules: readonly RedactionRule[], hashKey: string | null): Redaction {
  const fields = new FieldRedaction(rules, hashKey);
  return {
    record: (value) => fields.redact(value),
    resource: (resource) => fields.resource(resource),
    configuration: (content) => fields.configuration(content),
    text: (field, text) => fields.text(field, text),
  };
}

class FieldRedaction {
  readonly #byKey: Rules;
  readonly #byTag: ReadonlyMap<string, RedactionRule>;
  readonly #hashKey: string | null;
  /** Finds one of the keys in text that cannot be parsed. */
  readonly #anyKey: RegExp;

  constructor(rules: readonly RedactionRule[], hashKey: string | null) {
    this.#hashKey = hashKey;
    this.#byTag = new Map(
      rules.flatMap((rule) => {
        const tag = tagOfField(rule.field);
        return tag === undefined ? [] : [[tag.toLowerCase(), rule] as const];
      }),
    );
    this.#byKey = new Map(
      rules.flatMap((rule) => {
        const field: RedactableField | undefined = fieldOf(rule.field);
        return (field?.keys ?? []).map((key) => [key, { by: rule.by, ...mayHold(field) }] as const);
      }),
    );
    const keys = [...this.#byKey.keys()].map((key) => key.split('').join('[^a-z"\']?'));
    const tags = [...this.#byTag.keys()].map((tag) => escaped(tag.split('.').at(-1) ?? tag));
    this.#anyKey = new RegExp([...keys, ...tags].join('|') || '(?!)', 'i');
  }

  /**
   * The value without what the rules name, at any depth, in JSON text and in base64 of it, too. The same value where there
   * is none of it.
   *
   * @throws UnredactableRecord for a value that is nested deeper than any event
   */
  redact(value: unknown): unknown {
    if (isDeeperThan(value, maxLevels)) throw new UnredactableRecord();
    return this.#value(value);
  }

  resource(resource: ProtectedResource): ProtectedResource {
    const tags = this.#tags(resource.tags, '');
    return tags === resource.tags ? resource : { ...resource, tags: tags as ProtectedResource['tags'] };
  }

  /** Of a configuration only what reports show of it: they are made again from it, so it says the same as they do. */
  configuration(content: unknown): unknown {
    if (!isJsonObject(content) || !Array.isArray(content['waivers'])) return content;
    const waivers = content['waivers'].map((waiver: unknown) =>
      isJsonObject(waiver) && typeof waiver['approvedBy'] === 'string'
        ? { ...waiver, approvedBy: this.text('approvedBy', waiver['approvedBy']) }
        : waiver,
    );
    return { ...content, waivers };
  }

  text(field: keyof typeof redactableFields, text: string): string {
    const rule = this.#byKey.get(redactableFields[field].keys[0]);
    return rule === undefined ? text : String(this.#replaced(text, rule.by) ?? '[redacted]');
  }

  #value(value: unknown): unknown {
    if (typeof value === 'string') return this.#textOf(value);
    if (Array.isArray(value)) {
      const redacted = value.map((each) => this.#value(each));
      return redacted.some((each, index) => each !== value[index]) ? redacted : value;
    }
    return isJsonObject(value) ? this.#object(value) : value;
  }

  #object(value: Readonly<Record<string, unknown>>): unknown {
    let isChanged = false;
    const entries: [string, unknown][] = [];
    for (const [key, field] of Object.entries(value)) {
      const redacted = this.#field(key, field);
      isChanged ||= redacted !== field;
      if (redacted !== undefined) entries.push([key, redacted]);
    }
    return isChanged ? Object.fromEntries(entries) : value;
  }

  #field(key: string, field: unknown): unknown {
    const letters = lettersOf(key);
    const rule = this.#byKey.get(letters);
    if (rule !== undefined && !(rule.mayHoldEvent === true && holdsValue(field))) {
      return this.#replaced(field, rule.by);
    }
    return this.#byTag.size > 0 && tagObjects.has(letters) ? this.#tags(field, '') : this.#value(field);
  }

  /** @param namespace of defined tags, with its dot; empty at the top */
  #tags(value: unknown, namespace: string): unknown {
    if (typeof value === 'string') {
      const read = readJsonText(value);
      if (!read.ok) return this.#textOf(value);
      const redacted = this.#tags(read.value, namespace);
      return redacted === read.value ? value : JSON.stringify(redacted);
    }
    if (!isJsonObject(value)) return value;
    let isChanged = false;
    const entries: [string, unknown][] = [];
    for (const [key, field] of Object.entries(value)) {
      const rule = this.#byTag.get(`${namespace}${key}`.toLowerCase());
      const redacted =
        rule !== undefined
          ? this.#replaced(field, rule.by)
          : isJsonObject(field)
            ? this.#tags(field, `${namespace}${key}.`)
            : field;
      isChanged ||= redacted !== field;
      if (redacted !== undefined) entries.push([key, redacted]);
    }
    return isChanged ? Object.fromEntries(entries) : value;
  }

  /** undefined: the field is left out. Nothing is made of nothing. */
  #replaced(value: unknown, by: RedactionRule['by']): unknown {
    if (value === null || value === undefined || value === '') return value;
    if (by === 'drop') return undefined;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (hashed.test(text)) return value;
    return `${hashMark}${createHmac('sha256', this.#hashKey ?? '')
      .update(text)
      .digest('hex')
      .slice(0, 32)}`;
  }

  /** A text may be a record of its own. What cannot be parsed and names one of the fields is replaced as a whole. */
  #textOf(text: string): unknown {
    const read = /^\s*["[{]/.test(text) ? readJsonText(text) : undefined;
    if (read?.ok === true) {
      const redacted = this.redact(read.value);
      return redacted === read.value ? text : JSON.stringify(redacted);
    }
    const inner = decodeBase64(text);
    if (inner !== undefined && text.length >= minBase64) {
      const redacted = this.#textOf(inner);
      return redacted === inner ? text : Buffer.from(String(redacted)).toString('base64');
    }
    const loose = /^[A-Za-z0-9+/_\s-]{40,}=*$/.test(text)
      ? decodeBase64Loosely(text.replaceAll(/\s+/g, ''))
      : '';
    const isNamed = read !== undefined || /["'{]/.test(text + loose);
    if (!isNamed || !this.#anyKey.test(`${text}\n${loose}`)) return text;
    const replaced = `[redacted: ${Buffer.byteLength(text)} bytes, sha256 ${sha256Hex(text)}]`;
    return contentKind(text) === 'nothing' ? replaced : `${replaced} ${cutOffMark}`;
  }
}

/** Shorter text holds no field in base64. */
const minBase64 = 24;

/** Makes text that replaces a cut-off event read like one, so that it is rejected and not passed over. */
const cutOffMark = '{eventType}';

/** Whether it is an event, or has one as text, or a part of one: more than plain text. */
function holdsValue(field: unknown): boolean {
  if (typeof field === 'object' && field !== null) return true;
  return typeof field === 'string' && contentKind(field) !== 'nothing';
}

function contentKind(text: string): 'object' | 'doubtful' | 'nothing' {
  try {
    const content = contentOfText(text);
    if (content.kind !== 'value') return content.kind;
    return typeof content.value === 'object' && content.value !== null ? 'object' : 'nothing';
  } catch (error) {
    if (error instanceof RepeatedField) return 'doubtful';
    throw error;
  }
}

function fieldOf(name: string): RedactableField | undefined {
  return Object.hasOwn(redactableFields, name)
    ? redactableFields[name as keyof typeof redactableFields]
    : undefined;
}

function mayHold(field: RedactableField | undefined): Pick<RedactableField, 'mayHoldEvent'> {
  return field?.mayHoldEvent === true ? { mayHoldEvent: true } : {};
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
