import type { Configuration } from '../config/schema.js';
import { Failure } from '../errors.js';
import { firstKind } from '../model/kind-of-report.js';
import type { WirableKind } from './wirable-kind.js';

/** The kinds of report that a program knows. Each is loaded when it is asked for. */
export interface KindRegistry {
  readonly names: readonly string[];
  /** null: there is none of this name. */
  load(name: string): Promise<WirableKind | null>;
}

export type LoadKind = () => Promise<WirableKind>;

/** @param kinds by their names, each with what loads it */
export function kindRegistry(kinds: Readonly<Record<string, LoadKind>>): KindRegistry {
  return {
    names: Object.keys(kinds),
    load: async (name) => (Object.hasOwn(kinds, name) ? ((await kinds[name]?.()) ?? null) : null),
  };
}

/** Those that ship with the tool. `config/kinds-of-plans.ts` lists their keys. */
export const shippedKinds = kindRegistry({
  [firstKind]: async () => (await import('./wire-backup-compliance.js')).backupCompliance,
  'tenancy-changes': async () => (await import('./wire-tenancy-changes.js')).tenancyChangesWiring,
  'database-activity': async () => (await import('./wire-database-activity.js')).databaseActivityWiring,
});

/** The kind of a plan. */
export async function kindOfPlan(
  { report }: Pick<Configuration, 'report'>,
  kinds: KindRegistry,
): Promise<WirableKind> {
  const kind = await kinds.load(report);
  if (kind !== null) return kind;
  throw new Failure('usage', `report: this version does not know reports of the kind ${report}`, {
    hints: [`It knows ${kinds.names.join(', ')}.`],
  });
}
