import type { z } from 'zod';
import { count } from '../base/english.js';
import { nearestWord } from '../base/nearest-word.js';

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'nothing',
};

/**
 * What a schema demands, in words, where it has no words of its own: for `safeParse(…, { error: issueWords })`. The value
 * itself is never shown: it may be a secret.
 *
 * @returns undefined where the schema knows better
 */
export function issueWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(kinds[issue.expected], issue.input);
    case 'invalid_value':
      return valueWords(issue.values.map(String), issue.input);
    case 'invalid_union':
      return unionWords(issue);
    case 'too_small':
      return `must ${boundWords(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)}`;
    case 'too_big':
      return `must ${boundWords(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return `must be written as ${issue.format} is`;
    case 'unrecognized_keys':
      return 'this version knows no such key';
    case 'invalid_key':
      return 'has a key that cannot be one';
    case 'invalid_element':
      return 'has an entry that cannot be one';
    case 'custom':
      return 'cannot be used';
    default:
      return undefined;
  }
}

function typeWords(wanted: string | undefined, input: unknown): string {
  if (wanted === undefined) return 'cannot be used';
  if (input === undefined) return `is required (${wanted})`;
  if (wanted.endsWith('number') && typeof input === 'number') return `must be ${wanted}`;
  if (input === null)
    return `must be ${wanted}, but nothing is there${wanted === 'a text' ? ' (what follows # is a comment)' : ''}`;
  return `must be ${wanted}, not ${kindOf(input)}${quotingAdvice(wanted, input)}`;
}

function quotingAdvice(wanted: string, input: unknown): string {
  const isPlain = typeof input === 'number' || typeof input === 'boolean';
  if (wanted === 'a text' && isPlain) return ': quote it';
  const isOldBoolean = typeof input === 'string' && /^(yes|no|on|off|y|n)$/i.test(input);
  return wanted === 'true or false' && isOldBoolean ? ' (yes, no, on and off are texts in YAML 1.2)' : '';
}

function kindOf(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'boolean') return 'true or false';
  return kinds[typeof input] ?? 'another value';
}

function valueWords(values: readonly string[], input: unknown): string {
  const allowed = values.length === 1 ? `must be ${values[0]}` : `must be one of ${values.join(', ')}`;
  if (input === undefined) return `is required: ${allowed}`;
  const nearest = typeof input === 'string' ? nearestWord(input, values) : null;
  return nearest === null ? allowed : `${allowed}; is it ${nearest}?`;
}

/** Of `type`, whose value decides which keys there may be; or of several kinds of value. */
function unionWords({
  input,
  inst,
  errors,
  discriminator,
}: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  if (discriminator !== undefined) {
    const values = valuesOf(inst, discriminator);
    const given = typeof input === 'object' && input !== null ? Object.entries(input) : [];
    return valueWords(values, given.find(([key]) => key === discriminator)?.[1]);
  }
  const wanted = errors.flatMap(([first]) =>
    first?.code === 'invalid_type' ? [kinds[first.expected] ?? ''] : [],
  );
  const closest = errors.find(([first]) => first !== undefined && first.code !== 'invalid_type')?.[0];
  if (closest !== undefined) return closest.message;
  return wanted.length === 0 ? 'cannot be used' : typeWords([...new Set(wanted)].join(' or '), input);
}

/** What a key may be, over all objects of a union. */
function valuesOf(inst: z.core.$ZodRawIssue['inst'], key: string): readonly string[] {
  const internals = inst?._zod;
  if (internals === undefined || !('propValues' in internals)) return [];
  return [...(internals.propValues?.[key] ?? [])].map(String);
}

function boundWords(origin: string, relation: string, bound: number | bigint): string {
  if (origin === 'string') return `have ${relation} ${count(Number(bound), 'character')}`;
  if (origin === 'array' || origin === 'set' || origin === 'map')
    return `have ${relation} ${count(Number(bound), 'item')}`;
  return `be ${relation} ${bound}`;
}
