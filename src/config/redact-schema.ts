import { z } from 'zod';
import type { RedactionRule } from '../records/redaction.js';
import { redactableFields, tagOfField } from '../records/redactable-fields.js';
import { textValue, wanted } from './values.js';

const known = `${Object.keys(redactableFields).join(', ')}, or tags.<key>`;

/** Of a keyed hash of short values, whoever guesses the key reads the values. */
const minKey = 16;

const rule = z.strictObject({
  field: textValue.refine(
    (field) => Object.hasOwn(redactableFields, field) || tagOfField(field) !== undefined,
    `must be a field that no rule reads: ${known}`,
  ),
  by: z.enum(['hash', 'drop'], 'must be hash or drop'),
});

/** The keys of a plan about what is not archived. */
export const redactionFields = {
  redact: z.array(rule).default([]).superRefine(fieldsAreUnique),
  /** A secret of the company's own. Equal values have equal hashes as long as it stays the same. */
  redactKey: z
    .string(wanted('must be a text'))
    .min(minKey, `must have at least ${minKey} characters`)
    .optional(),
};

function fieldsAreUnique(rules: readonly RedactionRule[], context: z.RefinementCtx): void {
  for (const [index, { field }] of rules.entries()) {
    const first = rules.findIndex((each) => each.field.toLowerCase() === field.toLowerCase());
    if (first === index) continue;
    context.addIssue({
      code: 'custom',
      path: [index, 'field'],
      message: `stands in redact[${first}] already`,
    });
  }
}

interface RedactingPlan {
  readonly redact: readonly RedactionRule[];
  readonly redactKey?: string | undefined;
}

/** What is looked at of a section of rules. */
interface TagMatching {
  readonly match?: { readonly tags?: Readonly<Record<string, string>> | undefined } | undefined;
}

/**
 * A hash needs its key, and no rule of the plan may match a tag that is redacted.
 *
 * @param sections lists of rules with a `match`
 */
export function redactionFits(
  plan: RedactingPlan,
  sections: readonly string[],
  context: z.RefinementCtx,
): void {
  const { redact, redactKey } = plan;
  const hashing = redact.findIndex(({ by }) => by === 'hash');
  if (hashing !== -1 && redactKey === undefined) {
    const message =
      'hash needs redactKey: a secret text of at least 16 characters, as redactKey: ${REDACT_KEY}';
    context.addIssue({ code: 'custom', path: ['redact', hashing, 'by'], message });
  }
  for (const [index, { field }] of redact.entries()) {
    const tag = tagOfField(field);
    const reader = tag === undefined ? undefined : readerOf(tag, plan, sections);
    if (reader === undefined) continue;
    const message = `${reader} matches this tag: what a rule reads cannot be redacted`;
    context.addIssue({ code: 'custom', path: ['redact', index, 'field'], message });
  }
}

/** `policies[1]` */
function readerOf(tag: string, plan: RedactingPlan, sections: readonly string[]): string | undefined {
  const lists = plan as RedactingPlan & Readonly<Record<string, readonly TagMatching[]>>;
  for (const section of sections) {
    const index = (lists[section] ?? []).findIndex(({ match }) =>
      Object.keys(match?.tags ?? {}).some((key) => key.toLowerCase() === tag.toLowerCase()),
    );
    if (index !== -1) return `${section}[${index}]`;
  }
  return undefined;
}
