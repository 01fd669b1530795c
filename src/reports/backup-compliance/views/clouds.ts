import { type Cloud, clouds } from '../../../model/resource-types.js';
import type { ResourceCompliance } from '../model/resource-compliance.js';
import type { BackupWording } from './backup-wording.js';

type OfCloud = Pick<ResourceCompliance, 'cloud'>;

/** The cloud that a resource is in. */
export function cloudKey({ cloud = 'oci' }: OfCloud): Cloud {
  return cloud;
}

export function cloudWords(resource: OfCloud, { text }: Pick<BackupWording, 'text'>): string {
  return text(`cloud.${cloudKey(resource)}`);
}

/** The clouds of a report, if there are several: only then a reader has to be told which one a resource is in. */
export function cloudsOf(resources: readonly OfCloud[]): readonly Cloud[] {
  const found = clouds.filter((cloud) => resources.some((resource) => cloudKey(resource) === cloud));
  return found.length > 1 ? found : [];
}
