/**
 * Which resources a rule is for. Every criterion that is given must hold; of several patterns one must. `*` stands for any
 * characters, `?` for one; case does not matter. No criterion at all matches every resource.
 */
export interface Match {
  readonly resourceType?: readonly string[] | undefined;
  /** Of the compartment's name or path. */
  readonly compartment?: readonly string[] | undefined;
  readonly name?: readonly string[] | undefined;
  readonly resourceId?: readonly string[] | undefined;
  readonly owner?: readonly string[] | undefined;
  /** Each tag must be there with a value that the pattern fits. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}
