import type { z } from 'zod';

/** `policies[1].cadence: must be daily … (line 8)` */
export function describeIssue(
  issue: z.core.$ZodIssue,
  lineOf: (keys: readonly PropertyKey[]) => number | null,
): string {
  const keys = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  const line = lineOf(keys);
  const where = line === null ? '' : ` (line ${line})`;
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => pathInWords([...issue.path, key])).join(', ');
    return `${names}: this version knows no such key${where}`;
  }
  return `${pathInWords(issue.path) || 'the file'}: ${messageOf(issue)}${where}`;
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union' && issue.path.at(-1) === 'type') {
    return `must be one of ${allowedTypes(issue.path)}`;
  }
  const required = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return required ? `is required (${issue.expected})` : issue.message;
}

/** The values of `type` in each section, as in the schema's unions. */
function allowedTypes(path: readonly PropertyKey[]): string {
  const types: Readonly<Record<string, string>> = {
    sources: 'local-files, log-analytics, object-storage, streaming',
    inventory: 'observed, file, oci',
    archive: 'file-system, object-storage',
    mail: 'smtp, email-delivery, outbox, none',
    channels: 'oci-notifications, webhook',
    auth: 'config-file, session-token, api-key, instance-principal, resource-principal, oke-workload-identity',
  };
  return types[String(path[0])] ?? 'the documented values';
}

/** `policies[1].cadence` */
export function pathInWords(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
