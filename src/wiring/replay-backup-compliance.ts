import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../base/digest.js';
import type { BackupComplianceSettings } from '../config/backup-compliance-schema.js';
import { createFileInventory } from '../inventory/file/file-inventory.js';
import { createObservedInventory } from '../inventory/observed-inventory.js';
import type { ProtectedResource } from '../model/protected-resource.js';
import type { Inventory } from '../ports/inventory.js';
import { CannotRebuild } from '../rebuild/rebuilt-revision.js';
import type { Framework } from '../reports/backup-compliance/model/framework.js';
import type { ReplayOrigin } from './wirable-kind.js';
import { frameworkFile, wireFrameworks } from './wire-frameworks.js';
import { typesOf } from './wire-inventory.js';

/** The frameworks as they were then. */
export async function replayedFrameworks(
  { frameworks }: BackupComplianceSettings,
  { fileOf }: ReplayOrigin,
): Promise<readonly Framework[]> {
  const wired = await wireFrameworks(frameworks, (name) => {
    const bytes = fileOf(frameworkFile(name));
    if (bytes === null) throw new CannotRebuild(`its manifest does not name the frameworks of ${name}`);
    return Promise.resolve(bytes);
  });
  return wired.frameworks;
}

/** The inventory as it was read then. */
export async function replayedInventory(
  settings: BackupComplianceSettings,
  { manifest, fileOf, folder }: ReplayOrigin,
): Promise<Inventory> {
  const { inventory, lookbackDays } = settings;
  if (inventory.type === 'observed') return createObservedInventory(lookbackDays);
  const bytes = fileOf('inventory');
  if (bytes === null)
    throw new CannotRebuild('its manifest does not name the inventory that it was made with');
  // A redacted file is kept as the resources that were left of it.
  const isRedacted = (manifest.redaction ?? []).length > 0;
  if (inventory.type === 'file' && !isRedacted) {
    const path = join(folder, 'inventory');
    await writeFile(path, bytes);
    return createFileInventory(path, inventory.path, typesOf(settings));
  }
  const { description, faults } = manifest.inventory ?? { description: '', faults: [] };
  const content = { bytes, mediaType: 'application/json' };
  const reading = { resources: resourcesIn(bytes), isNamed: true, faults, digest: sha256Hex(bytes), content };
  return {
    type: inventory.type,
    description,
    expectedResources: () => Promise.resolve(reading),
    readBack: resourcesIn,
  };
}

/** Answers of services are kept as the resources that were found in them; their digest was checked. */
function resourcesIn(content: Uint8Array): readonly ProtectedResource[] {
  return JSON.parse(Buffer.from(content).toString('utf8')) as ProtectedResource[];
}
