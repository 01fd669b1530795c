import { nameUuid, urlNamespace } from '../base/name-uuid.js';

const namespace = nameUuid(urlNamespace, 'urn:oci-backup-reporter:interchange:1');

/** A UUID of version 5 of parts that together name something: the same archive gives the same documents. */
export function stableId(...parts: readonly string[]): string {
  return nameUuid(namespace, JSON.stringify(parts));
}
