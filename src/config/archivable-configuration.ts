/** Stands where a value was that is, or may be, a secret. */
export const removedValue = '[removed]';

/**
 * The configuration as written, for the archive, without secrets. A value stays only where all of this holds:
 *
 * - its key is in the list below: a new key is removed until somebody decides that it may be archived;
 * - it has no reference (`${VAR}`, `${file:PATH}`): what the environment and files hold is not for the archive;
 * - it does not look like a secret; of a URL only scheme and host stay.
 *
 * @param content of the file, references unresolved
 */
export function archivableConfiguration(content: unknown): unknown {
  return cleaned(content, []);
}

/** Keys whose values are no secret, by the name of the key alone. Durations, counts and names of rules are in it. */
export const archivedKeys: ReadonlySet<string> = new Set(
  `
  plan renamedFrom report kinds timezone settleDelay lookbackDays maxBridgeDays tolerateRejected type name paths ignore region
  module regions endpoint namespace bucket prefix compartmentId compartments includeSubcompartments excludeCompartments resourceTypes
  logs search logSource ingestionDelay trailsTimeout exportAbove aggregate parallel pollInterval margin streamId cursor group limit
  calls minutes timeEdges endIncluded linkGroups uniqueGives textMinMax exportShape pageHeader asyncStatus columns path cadence maxAge maxDuration minRetention maxRestoreAge severity owner resourceType
  compartment resourceId target tags reason ticket approvedBy expires maxWaivedShare language templates company logo consoleUrl publicUrl
  accent footer directory lease storageTier from to attach maxMessageBytes host port security ca
  connectionTimeout greetingTimeout socketTimeout deadline firstDelay maxRecipients domain selector keyFile
  cron catchUpDays reconcileDays when topicId format timeout attempts gracePeriod retryAfter passDeadline profile file tenancy user frameworks
  cloud signIn tenantId clientId tokenFile authority audience workspaces longestJob rowsPerQuery
  periods periodTarget exceptions rows listed redact field by secretId target logId logGroupId source since overlap journal searchableAfter
  `
    .trim()
    .split(/\s+/),
);

/** Sections of which everything below has free names, as tags. */
const freeNames = new Set(['tags']);

function cleaned(value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => cleaned(each, path));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, cleaned(each, [...path, key])]),
    );
  }
  if (value === null || value === undefined) return value;
  const isFree = path.slice(0, -1).some((key) => freeNames.has(key));
  if (!isFree && !archivedKeys.has(path.at(-1) ?? '')) return removedValue;
  return typeof value === 'string' ? cleanedText(value) : value;
}

const reference = /\$\{[^}]*\}/;
const secretLooking = [
  /-----BEGIN/,
  // JSON Web Tokens, and headers of authorization.
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/,
  /\b(?:bearer|basic)\s+\S/i,
  /\b(?:password|passwd|pwd|passphrase|secret|token|api[-_]?key|authorization)\s*[:=]\s*\S/i,
];

function cleanedText(text: string): string {
  if (reference.test(text) || secretLooking.some((pattern) => pattern.test(text))) return removedValue;
  return text.replace(
    /\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/@]*@)?([^\s/?#]*)([^\s]*)/gi,
    (_whole, scheme, host, rest) =>
      ['', '/'].includes(String(rest)) ? `${scheme}${host}` : `${scheme}${host}/${removedValue}`,
  );
}
