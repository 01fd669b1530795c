export interface Target {
  readonly words: string;
  /** Name of the part, and of its figure. */
  readonly part: string;
  readonly figure: string;
  readonly limit: number;
  /** false: the limit is the most. */
  readonly isLeast: boolean;
}

function most(words: string, part: string, figure: string, limit: number): Target {
  return { words, part, figure, limit, isLeast: false };
}

export const targets: readonly Target[] = [
  most(
    '1 million events: at most 0.6 x the floors (gunzip + parse, exceljs)',
    'events-1000000',
    'toFloors',
    0.6,
  ),
  most('1 million events: at most 0.25 x the Python pipeline', 'events-1000000', 'toPython', 0.25),
  most('1 million events: at most 700 MB', 'events-1000000', 'peakMegabytes', 700),
  most('10 x the events: at most 11 x the time', 'events-1000000', 'toOther', 11),
  most('3 million events of the same jobs: at most 1.3 x the memory', 'events-3000000', 'memoryToOther', 1.3),
  most('20 days of 48 resources: at most 4 x one run', 'backfill-48x20', 'toRun', 4),
  {
    words: '20 days of 48 resources: at least 4 days a second',
    part: 'backfill-48x20',
    figure: 'daysPerSecond',
    limit: 4,
    isLeast: true,
  },
  most('`run` of 48 resources: at most 12 x a bare Node', 'start', 'run', 12),
  most('`--help`: at most 1.5 x a bare Node', 'start', 'help', 1.5),
  most('`--version`: at most 1.5 x a bare Node', 'start', 'version', 1.5),
];
