import { runtime } from '../day/revisions/manifest-of-day.js';
import type { Manifest } from '../model/manifest.js';

/** What bytes depend on besides what is archived. */
export interface ReplaySurroundings {
  readonly tool: string;
  readonly node: string;
  readonly runtime: Manifest['runtime'];
}

/** Of this process. @param tool version of this program */
export function surroundingsHere(tool: string): ReplaySurroundings {
  return { tool, node: process.version, runtime: runtime() };
}

/** What was another one when the revision was made: `zlib 1.3.1 then, 1.4.0 now`. */
export function otherSurroundings(
  { tool, nodeVersion, runtime: then }: Pick<Manifest, 'tool' | 'nodeVersion' | 'runtime'>,
  here: ReplaySurroundings,
): readonly string[] {
  const { runtime: now } = here;
  const pairs = [
    ['version of the program', tool.version, here.tool],
    ['Node.js', nodeVersion, here.node],
    ['ICU', then.icu, now.icu],
    ['time-zone data', then.timeZones, now.timeZones],
    ['zlib', then.zlib, now.zlib],
    // Not known of older manifests.
    ['processor', then.processor ?? now.processor, now.processor],
  ] as const;
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([what, before, after]) => `${what} ${before ?? 'unknown'} then, ${after ?? 'unknown'} now`);
}
