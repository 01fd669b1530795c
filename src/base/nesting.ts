/** Whether objects and lists in it are nested deeper than `levels`. Looks no further than that, so it never overflows. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const each of value) if (isDeeperThan(each, levels - 1)) return true;
    return false;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key in fields) {
    const each = fields[key];
    if (typeof each === 'object' && isDeeperThan(each, levels - 1)) return true;
  }
  return false;
}
