import type { StageShare } from './stage-shares.js';
import { stageWords } from './stages.js';

/**
 * The shares of all stages as a table for a terminal, the largest first. Each column adds up to 100.0 %.
 *
 * @param processorMs processor time of the process, user and system
 * @param wallMs time on the clock
 */
export function profileTable(
  shares: readonly StageShare[],
  { processorMs, wallMs }: { readonly processorMs: number; readonly wallMs: number },
): string {
  const processor = inTenths(shares.map(({ ofProcessor }) => ofProcessor));
  const wall = inTenths(shares.map(({ ofWall }) => ofWall));
  const rows = shares
    .map(({ stage }, index) => ({ stage, ofProcessor: processor[index] ?? 0, ofWall: wall[index] ?? 0 }))
    .sort((a, b) => b.ofProcessor - a.ofProcessor || b.ofWall - a.ofWall);
  return [
    `Where the time went: ${seconds(processorMs)} of processor time in ${seconds(wallMs)}`,
    `${'processor'.padStart(10)}${'clock'.padStart(10)}  stage`,
    ...rows.map(
      ({ stage, ofProcessor, ofWall }) =>
        `${cell(ofProcessor)}${cell(ofWall)}  ${stage.padEnd(18)}  ${stageWords[stage]}`,
    ),
  ].join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function cell(tenths: number): string {
  return `${(tenths / 10).toFixed(1)} %`.padStart(10);
}

/** Tenths of a percent that add up to 1000, as near to the shares as that allows. */
function inTenths(shares: readonly number[]): number[] {
  const tenths = shares.map((share) => Math.floor(share * 1000));
  const missing = 1000 - tenths.reduce((sum, each) => sum + each, 0);
  const byRest = shares
    .map((share, index) => ({ index, rest: share * 1000 - Math.floor(share * 1000) }))
    .sort((a, b) => b.rest - a.rest);
  for (const { index } of byRest.slice(0, missing)) tenths[index] = (tenths[index] ?? 0) + 1;
  return tenths;
}
