import type { ProtectedResource } from '../../model/protected-resource.js';
import type { Inventory, InventoryReading } from '../../ports/inventory.js';
import type { DayInput, EarlierRevision, MadeByFile } from '../report-kind.js';
import type { DailyReport } from './model/daily-report.js';
import type { DayMemory } from './model/day-memory.js';
import { isUnknown } from './model/unknown-resource.js';
import { type Hindsight, asLastKnown } from './verdicts/hindsight.js';

/** Names in the manifest's `madeBy`. */
const inventoryName = 'inventory';
const hindsightName = 'hindsight';

export const ownMadeBy: readonly string[] = [inventoryName, hindsightName];

/** For days without a report that are judged on the way to a later one. */
export const ofLaterDay: Hindsight = { judgedBefore: null, isMadeLate: true };

/**
 * What the inventory, which is always read after the day, cannot take out of it. Resources that an earlier revision
 * judged and that the inventory no longer names are as that revision's own inventory had them, or as its report says.
 */
export async function hindsightOf(
  { earlier, recalled, hasLaterReport }: HindsightInput,
  { resources, isNamed }: InventoryReading,
  inventory: Inventory,
): Promise<Hindsight> {
  const listed = new Set(resources.map(({ resourceId }) => resourceId));
  const isAbsent = ({ resourceId }: { readonly resourceId: string }): boolean => !listed.has(resourceId);
  if (!isNamed) return { judgedBefore: null, isMadeLate: false };
  if (earlier === null) {
    const known = [...(recalled.memory?.resources.values() ?? [])];
    const isMissing = known.some((each) => each.standing !== null && isAbsent(each));
    return { judgedBefore: null, isMadeLate: isMissing && (await hasLaterReport()) };
  }
  const absent = earlier.report.resources.filter((each) => !isUnknown(each) && isAbsent(each));
  const then = absent.length === 0 ? null : await knownThen(earlier, inventory);
  const judgedBefore = absent.map(
    (each) => then?.get(each.resourceId) ?? asLastKnown(each, { expected: resources }),
  );
  return { judgedBefore, isMadeLate: false };
}

type HindsightInput = Pick<
  DayInput<DailyReport, DayMemory, unknown>,
  'earlier' | 'recalled' | 'hasLaterReport'
>;

/** What a report was made with, for the archive: the inventory, and what was known beyond it. */
export function filesOf({ content }: InventoryReading, hindsight: Hindsight): readonly MadeByFile[] {
  const files: MadeByFile[] = content === undefined ? [] : [{ name: inventoryName, ...content }];
  const { judgedBefore, isMadeLate } = hindsight;
  if ((judgedBefore ?? []).length === 0 && !isMadeLate) return files;
  const bytes = Buffer.from(JSON.stringify(hindsight));
  return [...files, { name: hindsightName, bytes, mediaType: 'application/json' }];
}

/** The resources as the earlier revision knew them, with what its inventory said of their protection. */
async function knownThen(
  earlier: EarlierRevision<DailyReport>,
  inventory: Inventory,
): Promise<ReadonlyMap<string, ProtectedResource>> {
  const known = new Map<string, ProtectedResource>();
  const add = (resources: readonly ProtectedResource[]): void => {
    for (const resource of resources) known.set(resource.resourceId, resource);
  };
  const listed = await earlier.readMadeBy(inventoryName);
  if (listed !== null) add(readBack(inventory, listed));
  const before = await earlier.readMadeBy(hindsightName);
  // Written by filesOf(); its digest was checked.
  if (before !== null)
    add((JSON.parse(Buffer.from(before).toString('utf8')) as Hindsight).judgedBefore ?? []);
  return known;
}

/** Nothing where that was an inventory of another type: the report still says who was judged. */
function readBack(inventory: Inventory, content: Uint8Array): readonly ProtectedResource[] {
  try {
    return inventory.readBack?.(content) ?? [];
  } catch {
    return [];
  }
}
