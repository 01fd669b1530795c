import type { Configuration } from '../config/schema.js';
import { redactionOf } from '../records/redact-fields.js';
import { type Redaction, noRedaction } from '../records/redaction.js';

/** What the plan does not want in its archive. */
export function wireRedaction({ redact, redactKey }: Pick<Configuration, 'redact' | 'redactKey'>): Redaction {
  return redact.length === 0 ? noRedaction : redactionOf(redact, redactKey ?? null);
}
