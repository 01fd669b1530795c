import { Failure } from '../../errors.js';
import { kindOfReport } from '../../model/kind-of-report.js';

/**
 * A plan has reports of one kind, for good: another kind cannot go on from them, compare itself with them or count them.
 *
 * @param bytes of an archived report.json that matches its manifest; what is no report says no kind
 * @throws Failure('usage') for a report of another kind
 */
export function mustBeOfKind(
  bytes: Uint8Array,
  plan: { readonly name: string; readonly kind: { readonly name: string } },
  date: string,
): void {
  const archived = kindOfReport(bytes);
  if (archived === null || archived === plan.kind.name) return;
  const words = `${plan.name}: the archive has its report of ${date} as report: ${archived}, and the configuration says report: ${plan.kind.name}`;
  throw new Failure('usage', words, {
    hints: [
      'Give the new reports a plan of their own: another name under plan, in the same archive if you like.',
      `Or, where the key report was changed by mistake, set it back to ${archived}.`,
    ],
  });
}
