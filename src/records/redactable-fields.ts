/** A field that a plan may redact, because no rule reads it. */
export interface RedactableField {
  /** Keys that hold it, in lower case without anything but letters: `user-agent` and `User Agent` are `useragent`. */
  readonly keys: readonly string[];
  /** Forwarders put whole events under these keys, too: such a value is looked into, not replaced. */
  readonly mayHoldEvent?: true;
}

/**
 * What `redact` may name, besides `tags.<key>`. Every other field identifies a resource, a time or a result, or a rule of the
 * plan may match it. Keys are those of OCI Audit's identity and request, of OCI Events, and of the columns of the public
 * Log Analytics parser.
 *
 * https://docs.oracle.com/en-us/iaas/Content/Audit/Reference/logeventreference.htm
 */
export const redactableFields = {
  principalName: { keys: ['principalname', 'callername', 'username'] },
  principalId: { keys: ['principalid', 'callerid'] },
  ipAddress: {
    keys: [
      'ipaddress',
      'sourceaddress',
      'sourceip',
      'clientip',
      'clientipaddress',
      'extendedeventattributes',
    ],
  },
  userAgent: { keys: ['useragent'] },
  message: { keys: ['lifecycledetails', 'lifecycledetail', 'message', 'errormessage'], mayHoldEvent: true },
  commandText: { keys: ['commandtext', 'sqltext', 'commandparam'] },
  approvedBy: { keys: ['approvedby'] },
} as const satisfies Readonly<Record<string, RedactableField>>;

const tagPrefix = 'tags.';

/** The key of the tag that a rule names: `contact`, or `Operations.Contact` of a defined one; undefined for other fields. */
export function tagOfField(field: string): string | undefined {
  return field.startsWith(tagPrefix) && field.length > tagPrefix.length
    ? field.slice(tagPrefix.length)
    : undefined;
}

/** A key as `RedactableField.keys` spells it. */
export function lettersOf(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z]/g, '');
}
