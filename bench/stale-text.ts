import type { StalePart } from './results.js';

/** What is stale and what measures it; empty: nothing is. */
export function staleText(stale: readonly StalePart[], isWarning: boolean): string {
  if (stale.length === 0) return '';
  const head = isWarning ? 'warning: bench/RESULTS.md is stale' : 'no release: bench/RESULTS.md is stale';
  return [head, ...stale.map(({ name, why, command }) => `  ${name} ${why}\n    -> ${command}`), ''].join(
    '\n',
  );
}
