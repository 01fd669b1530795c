import type { BackupWording } from './backup-wording.js';

/**
 * Type and compartment of a resource.
 *
 * @param shown sanitises and shortens text from events
 */
export function placeWords(
  resource: {
    readonly resourceType: string;
    readonly compartmentId: string | null;
    readonly compartmentName: string | null;
  },
  shown: (text: string) => string,
  wording: Pick<BackupWording, 'resourceType'>,
): string {
  const place = resource.compartmentName ?? resource.compartmentId;
  const type = shown(wording.resourceType(resource.resourceType));
  return place === null ? type : `${type} · ${shown(place)}`;
}
