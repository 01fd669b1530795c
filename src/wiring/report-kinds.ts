import { kindsOfPlans } from '../config/kinds-of-plans.js';
import type { Configuration, KindKeys } from '../config/schema.js';
import { Failure } from '../errors.js';
import { firstKind } from '../model/kind-of-report.js';
import type { WirableKind } from './wirable-kind.js';

/** The kinds of report that a program knows. Each is loaded when it is asked for. */
export interface KindRegistry {
  readonly names: readonly string[];
  /** What each of them adds to the configuration. */
  readonly keys: readonly KindKeys[];
  /** null: there is none of this name. */
  load(name: string): Promise<WirableKind | null>;
}

export type LoadKind = () => Promise<WirableKind>;

/** @param kinds by the names that `keys` have, each with what loads it */
export function kindRegistry(
  keys: readonly KindKeys[],
  kinds: Readonly<Record<string, LoadKind>>,
): KindRegistry {
  return {
    names: Object.keys(kinds),
    keys,
    load: async (name) => (Object.hasOwn(kinds, name) ? ((await kinds[name]?.()) ?? null) : null),
  };
}

/** Those that ship with the tool. */
export const shippedKinds = kindRegistry(kindsOfPlans, {
  [firstKind]: async () => (await import('./wire-backup-compliance.js')).backupCompliance,
  'tenancy-changes': async () => (await import('./wire-tenancy-changes.js')).tenancyChangesWiring,
  'database-activity': async () => (await import('./wire-database-activity.js')).databaseActivityWiring,
});

/** What one has, and kinds of a company's own beside them. @throws Failure('usage') for two kinds of one name */
export function withKinds(registry: KindRegistry, own: readonly WirableKind[]): KindRegistry {
  if (own.length === 0) return registry;
  const names = [...registry.names, ...own.map(({ keys }) => keys.name)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Failure('usage', `there are two kinds of report called ${twice}`, {
      hints: ['Each kind has a name of its own: rename it in its module, and in the key `report`.'],
    });
  }
  return {
    names,
    keys: [...registry.keys, ...own.map(({ keys }) => keys)],
    load: async (name) => own.find(({ keys }) => keys.name === name) ?? registry.load(name),
  };
}

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
