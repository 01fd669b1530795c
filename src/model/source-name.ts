/**
 * The name of a source in reports, evidence and logs: as configured, else position and type, `1:local-files`.
 *
 * @param index from 0
 */
export function nameOfSource(
  source: { readonly name?: string | undefined; readonly type: string },
  index: number,
): string {
  return source.name ?? `${index + 1}:${source.type}`;
}
