import { backupComplianceKeys } from './backup-compliance-schema.js';
import { databaseActivityKeys } from './database-activity-schema.js';
import type { KindKeys } from './schema.js';
import { tenancyChangesKeys } from './tenancy-changes-schema.js';

/** The kinds of report that a plan may ask for. The first one is that of plans without the key `report`. */
export const kindsOfPlans: readonly KindKeys[] = [
  backupComplianceKeys,
  tenancyChangesKeys,
  databaseActivityKeys,
];

/** The kind of a plan. @param content of its file, unchecked @returns null: it names none of them */
export function keysOfPlan(content: unknown, kinds: readonly KindKeys[]): KindKeys | null {
  const asked: unknown =
    typeof content === 'object' && content !== null && 'report' in content ? content.report : undefined;
  return (asked === undefined ? kinds[0] : kinds.find(({ name }) => name === asked)) ?? null;
}
