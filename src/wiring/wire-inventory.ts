import { resolve } from 'node:path';
import type { BackupComplianceConfiguration } from '../config/backup-compliance-schema.js';
import type { LoadedConfiguration } from '../config/load.js';
import { createFileInventory } from '../inventory/file/file-inventory.js';
import { createObservedInventory } from '../inventory/observed-inventory.js';
import type { Inventory } from '../ports/inventory.js';
import { type OciParts, requireOci } from './wire-oci.js';

export async function wireInventory(
  { configuration, directory }: LoadedConfiguration<BackupComplianceConfiguration>,
  oci: OciParts | null,
): Promise<Inventory> {
  const { inventory, lookbackDays } = configuration;
  if (inventory.type === 'observed') return createObservedInventory(lookbackDays);
  if (inventory.type === 'file') {
    return createFileInventory(resolve(directory, inventory.path), inventory.path, typesOf(configuration));
  }
  const { createOciInventory } = await import('../inventory/oci/oci-inventory.js');
  const { createOciExpectation } = await import('../inventory/oci/expected-resources.js');
  const { regions, endpoint, ...choice } = inventory;
  const places = (regions ?? [undefined]).map((region) => ({ region, endpoint }));
  return createOciExpectation(createOciInventory(requireOci(oci).connection, { ...choice, regions: places }));
}

/** Types that the policies name, patterns left out. */
export function typesOf({ policies }: Pick<BackupComplianceConfiguration, 'policies'>): readonly string[] {
  const named = policies.flatMap(({ match }) => match.resourceType ?? []);
  return named.filter((type) => !/[*?]/.test(type)).map((type) => type.toLowerCase());
}
