import type { requests } from 'oci-objectstorage';
import { Failure, explainError } from '../../errors.js';
import type { OpenBucket } from '../../oci/object-storage.js';
import { OciCallError, isRefusal } from '../../oci/oci-error.js';

/** The SDK's enums are only loaded with the SDK; the service's own words are enough. */
type AccessType =
  requests.CreatePreauthenticatedRequestRequest['createPreauthenticatedRequestDetails']['accessType'];

/**
 * Creates a pre-authenticated request: a URL that lets anybody who has it read this one object until it expires. It
 * needs PAR_MANAGE, and is valid only while its creator keeps the right to read.
 * https://docs.oracle.com/iaas/Content/Object/Tasks/usingpreauthenticatedrequests.htm
 *
 * @param share.label the name that the archive's owner sees
 * @param share.expiresMs epoch milliseconds
 * @throws OciCallError; Error if the answer is not an object path
 */
export async function shareObject(
  { connection, client, names }: OpenBucket,
  objectName: string,
  { label, expiresMs }: { readonly label: string; readonly expiresMs: number },
): Promise<string> {
  const { preauthenticatedRequest } = await connection.call(() =>
    client.createPreauthenticatedRequest({
      ...names,
      createPreauthenticatedRequestDetails: {
        name: label,
        objectName,
        accessType: 'ObjectRead' as AccessType,
        timeExpires: new Date(expiresMs),
      },
    }),
  );
  // Returned only once, and a secret: it appears in no log and no error.
  const [start] = /^\/p\/[^/]+\/n\/[^/]+\/b\/[^/]+\/o\//.exec(preauthenticatedRequest.accessUri) ?? [];
  if (start === undefined) throw new Error('what the service answered is not the path of an object');
  // Whether the service encodes the object's name is not documented, so the path is rebuilt here.
  const path = objectName.split('/').map(encodeURIComponent).join('/');
  return `${client.endpoint.replace(/\/+$/, '')}${start}${path}`;
}

export function sharingFailure(url: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure('storage', `cannot share ${url}: ${explainError(error)}`, {
    cause: error,
    hints: isRefusal(error)
      ? ['Allow PAR_MANAGE for the bucket, or set mail.link.type to archive.']
      : ['Nothing that is archived is lost: the mail says where it lies.'],
    retryable: error instanceof OciCallError && error.retryable,
  });
}
