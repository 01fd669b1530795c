import { z } from 'zod';
import { oneLine } from '../../base/one-line.js';
import { archivedInputsSchema } from '../../model/inputs.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import type { SourceOutcome } from '../../ports/event-source.js';

const sentences = z.array(z.string().min(1).max(2000));
const fact = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const outcomeSchema = z.object({
  complete: z.boolean(),
  reasons: sentences,
  notes: sentences.optional(),
  requests: z.array(z.record(z.string(), fact)),
  inputs: archivedInputsSchema.optional(),
});

/**
 * What a source of a company's own says of its reading. It is complete only where it says so, gives no reason against it, and all of it
 * is understood.
 *
 * @param given what it answered
 */
export function checkedOutcome(given: unknown): SourceOutcome {
  const parsed = outcomeSchema.safeParse(given);
  if (!parsed.success) return notWhole(reasonWords('noOutcome', { what: whatIsWrong(parsed.error) }));
  const { complete, notes, inputs, ...rest } = parsed.data;
  const reasons = rest.reasons.map((each) => oneLine(each));
  if (!complete && reasons.length === 0) reasons.push(reasonWords('noReason'));
  if (inputs !== undefined && !isBalanced(inputs)) reasons.push(reasonWords('inputsUnbalanced'));
  return {
    complete: complete && reasons.length === 0,
    reasons,
    requests: rest.requests,
    ...(notes !== undefined && { notes: notes.map((each) => oneLine(each)) }),
    ...(inputs !== undefined && { inputs }),
  };
}

/** An outcome that is not complete for one reason. */
export function notWhole(reason: string): SourceOutcome {
  return { complete: false, reasons: [reason], requests: [] };
}

function isBalanced({ found, read, unreadable, leftOut }: z.infer<typeof archivedInputsSchema>): boolean {
  return found === read + unreadable + leftOut;
}

function whatIsWrong({ issues }: z.ZodError): string {
  const [first] = issues;
  if (first === undefined) return '?';
  return oneLine(`${first.path.join('.') || 'the whole'}: ${first.message}`);
}
