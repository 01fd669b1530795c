import { resolve } from 'node:path';
import type { LoadedConfiguration } from '../config/load.js';
import type { Clock } from '../ports/clock.js';
import type { TimestampAuthority } from '../ports/timestamp-authority.js';
import { createTimestampAuthority } from '../signers/timestamp-authority.js';

/** Who stamps the time on the plan's reports; null: nobody does. Nothing is asked or read yet. */
export function wireTimestampAuthority(
  { configuration: { timestamp }, directory }: Pick<LoadedConfiguration, 'configuration' | 'directory'>,
  clock: Clock,
): TimestampAuthority | null {
  if (timestamp === undefined) return null;
  const { url, ca, timeout } = timestamp;
  return createTimestampAuthority({ url, ca: resolve(directory, ca), timeoutMs: timeout }, clock);
}
