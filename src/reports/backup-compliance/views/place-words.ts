/**
 * Type and compartment of a resource.
 *
 * @param shown sanitises and shortens text from events
 */
export function placeWords(
  resource: {
    readonly resourceType: string;
    readonly compartmentId: string | null;
    readonly compartmentName: string | null;
  },
  shown: (text: string) => string,
): string {
  const place = resource.compartmentName ?? resource.compartmentId;
  const type = shown(resource.resourceType);
  return place === null ? type : `${type} · ${shown(place)}`;
}
