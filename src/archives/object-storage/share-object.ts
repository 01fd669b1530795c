import type { requests } from 'oci-objectstorage';
import { Failure, explainError } from '../../errors.js';
import type { OpenBucket } from '../../oci/object-storage.js';
import { OciCallError, isRefusal } from '../../oci/oci-error.js';

/** Where the SDK has enums, the words of the service will do. */
type AccessType =
  requests.CreatePreauthenticatedRequestRequest['createPreauthenticatedRequestDetails']['accessType'];

/**
 * Makes a pre-authenticated request: a URL by which whoever has it may read this one object until it expires. It needs
 * PAR_MANAGE, and holds only while its creator keeps the right to read.
 * https://docs.oracle.com/iaas/Content/Object/Tasks/usingpreauthenticatedrequests.htm
 *
 * @param share.label what the archive's owner sees of it
 * @param share.expiresMs epoch milliseconds
 * @throws OciCallError; Error where the answer is no path of an object
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
  // Told once, and a secret: it goes into no log and no error.
  const [start] = /^\/p\/[^/]+\/n\/[^/]+\/b\/[^/]+\/o\//.exec(preauthenticatedRequest.accessUri) ?? [];
  if (start === undefined) throw new Error('what the service answered is not the path of an object');
  // Whether the service encodes the object's name is not documented: it is put there anew.
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
