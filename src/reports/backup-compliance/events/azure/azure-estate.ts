import { compareText } from '../../../../base/text-order.js';
import type { Protection } from '../../../../model/protected-resource.js';
import { reasonWords } from '../../../../model/reasons/reason-words.js';
import { type AzureColumns, instantIn, numberIn } from '../../../../records/azure/azure-columns.js';
import type { ResourceRef } from '../../model/backup-event.js';
import type { StateRow } from './azure-rows.js';
import { itemOf, resourceOfItem } from './azure-item.js';
import { bytesPerMegabyte } from './read-job.js';
import type { StateOperation } from './versioned-row.js';

/** A backup item as its vault tells of it. */
export interface EstateItem {
  readonly resource: ResourceRef;
  /** false: it was deleted. */
  readonly isActive: boolean;
  /** When the vault told it, epoch milliseconds. */
  readonly toldMs: number;
  readonly protection: Protection;
  /** Storage that its backups use; null: no row tells. */
  readonly storedBytes: number | null;
  /** The newest recovery point that the service has, and when it said so; null: it did not. */
  readonly latestPoint: { readonly atMs: number; readonly toldMs: number } | null;
}

/** Whether backups are made in a state of protection, in lower case; another one is not known. */
const enabledIn: ReadonlyMap<string, boolean> = new Map([
  ['protected', true],
  ['irpending', true],
  ['initialbackuppending', true],
  ['configuringprotection', true],
  ['updatingprotection', true],
  ['protectionstopped', false],
  ['protectionpaused', false],
  ['backupssuspended', false],
]);

/** What the newest rows say of every backup item, sorted by id. */
export function estateOf(states: readonly StateRow[]): readonly EstateItem[] {
  const associations = byId(states, 'backupitemassociation', 'backupitemuniqueid');
  const policies = states.filter(({ operation }) => operation === 'policy');
  const points = byId(states, 'recoverypoint', 'backupitemuniqueid');
  const stored = storedBytesOf(states);
  const items = byId(states, 'backupitem', 'backupitemuniqueid');
  return [...items]
    .sort(([a], [b]) => compareText(a, b))
    .map(([id, { columns, generatedMs }]) => {
      const association = associations.get(id)?.columns;
      const policy = policyOf(policies, {
        id: idIn(columns, 'policyuniqueid') ?? idIn(association, 'policyuniqueid'),
        vault: idIn(columns, 'vaultuniqueid') ?? idIn(association, 'vaultuniqueid'),
      });
      return {
        resource: resourceOfItem(itemOf(columns)),
        isActive: columns.get('state')?.toLowerCase() !== 'deleted',
        toldMs: generatedMs,
        protection: protectionOf(columns, policy),
        storedBytes: stored.get(id) ?? null,
        latestPoint: pointOf(points.get(id)),
      };
    });
}

/**
 * The policy of an item: that of its own vault, where rows tell it; else the only one of this id. Of several that none ties to the
 * item's vault, it is not known which one holds.
 */
function policyOf(
  policies: readonly StateRow[],
  { id, vault }: { readonly id: string | undefined; readonly vault: string | undefined },
): AzureColumns | undefined {
  if (id === undefined) return undefined;
  const own = policies.filter(({ columns }) => idIn(columns, 'policyuniqueid') === id);
  const ofVault =
    vault === undefined ? undefined : own.find(({ columns }) => idIn(columns, 'vaultuniqueid') === vault);
  return (ofVault ?? (own.length === 1 ? own[0] : undefined))?.columns;
}

/** By item, over all storages that it uses. */
function storedBytesOf(states: readonly StateRow[]): ReadonlyMap<string, number> {
  const stored = new Map<string, number>();
  for (const { operation, columns } of states) {
    const id = idIn(columns, 'backupitemuniqueid');
    const megabytes = numberIn(columns, 'storageconsumedinmbs');
    if (operation !== 'storageassociation' || id === undefined || megabytes === null) continue;
    if (columns.get('state')?.toLowerCase() === 'deleted') continue;
    stored.set(id, (stored.get(id) ?? 0) + Math.round(megabytes * bytesPerMegabyte));
  }
  return stored;
}

function byId(
  states: readonly StateRow[],
  operation: StateOperation,
  column: string,
): ReadonlyMap<string, StateRow> {
  const rows = states.filter((each) => each.operation === operation);
  return new Map(rows.map((row) => [idIn(row.columns, column) ?? '', row]));
}

function idIn(columns: AzureColumns | undefined, column: string): string | undefined {
  return columns?.get(column)?.toLowerCase();
}

/** Retention of daily backups alone: how long weekly and monthly ones are kept says nothing of yesterday's. */
function protectionOf(columns: AzureColumns, policy: AzureColumns | undefined): Protection {
  const state = columns.get('backupitemprotectionstate') ?? columns.get('protectionstate');
  const name = policy?.get('policyname');
  const days = policy === undefined ? null : numberIn(policy, 'dailyretentionduration');
  const enabled = state === undefined ? null : (enabledIn.get(state.toLowerCase()) ?? null);
  const means = reasonWords('azureProtection', { state: state ?? reasonWords('protectedUnknown') });
  return {
    enabled,
    means: enabled === true && name !== undefined ? reasonWords('protectedByPolicy', { name }) : means,
    retentionDays: days === 0 ? null : days,
    destination: null,
  };
}

function pointOf(row: StateRow | undefined): EstateItem['latestPoint'] {
  const atMs = row === undefined ? undefined : instantIn(row.columns, 'latestrecoverypointtime');
  return row === undefined || atMs === undefined ? null : { atMs, toldMs: row.generatedMs };
}
