import { expect, it } from 'vitest';
import type { ResourceHistory } from '../../src/reports/backup-compliance/facts/resource-history.js';
import { demandOf } from '../../src/reports/backup-compliance/rules/due.js';
import type { ControlInput } from '../../src/reports/backup-compliance/verdicts/control-input.js';
import { controlInput } from './control-input.js';
import { policyRule } from './rules.js';

/** A row of what a control says: of which history and input, and with which numbers. */
type Case = readonly [
  says: string,
  history: Partial<ResourceHistory>,
  over: Partial<ControlInput>,
  verdict: string,
  code: string,
  numbers?: Readonly<Record<string, unknown>>,
];

export const [good, bad, unknown, none] = [
  'COMPLIANT',
  'NON_COMPLIANT',
  'UNKNOWN',
  'NOT_APPLICABLE',
] as const;
/** The input of a resource of which a policy demands this. */
export function demands(over: Parameters<typeof policyRule>[0]): Partial<ControlInput> {
  return { demand: demandOf(policyRule(over), undefined) };
}

/** One test for each row. */
export function expectEach(control: (input: ControlInput) => object, cases: readonly Case[]): void {
  const rows = cases.map((row) => ({ says: row[0], row }));
  it.each(rows)('$says', ({ row: [, history, over, verdict, code, numbers = {}] }) => {
    expect(control(controlInput(history, over))).toMatchObject({ verdict, code, ...numbers });
  });
}
