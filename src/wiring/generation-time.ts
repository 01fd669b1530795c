/** Now, or SOURCE_DATE_EPOCH (seconds), as reproducible builds do. Epoch milliseconds. */
export function generationTime(environment: NodeJS.ProcessEnv, nowMs: number): number {
  const epoch = environment['SOURCE_DATE_EPOCH'];
  return epoch !== undefined && /^\d+$/.test(epoch) ? Number(epoch) * 1000 : nowMs;
}
