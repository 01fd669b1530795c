/** One entry of the inventory: a resource that should be backed up. */
export interface ProtectedResource {
  /** OCID in lower case, or whatever the inventory calls it. */
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  readonly compartmentId: string | null;
  readonly compartmentName: string | null;
  readonly owner: string | null;
  readonly tags: Readonly<Record<string, string>>;
}
