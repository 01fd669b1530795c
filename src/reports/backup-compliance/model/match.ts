/**
 * Which resources a rule applies to. Every given criterion must hold; of several patterns one must match. `*` matches
 * any characters, `?` exactly one; case is ignored. Without any criterion it matches every resource.
 */
export interface Match {
  readonly resourceType?: readonly string[] | undefined;
  /** Matched against the compartment's name or path. */
  readonly compartment?: readonly string[] | undefined;
  readonly name?: readonly string[] | undefined;
  readonly resourceId?: readonly string[] | undefined;
  readonly owner?: readonly string[] | undefined;
  /** Each tag must exist with a value that matches the pattern. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}
