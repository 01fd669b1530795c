/** Where time goes, in the order of the story of a day. */
export const stages = [
  'loading',
  'configuration',
  'reading',
  'evidence',
  'judging',
  'document',
  'lines',
  'page',
  'charts',
  'workbook',
  'mail',
  'archive',
  'delivery',
  'garbage collection',
  'node',
  'threads of Node',
  'other packages',
  'waiting',
] as const;

export type Stage = (typeof stages)[number];

/** In words, for who reads the table. */
export const stageWords: Readonly<Record<Stage, string>> = {
  loading: 'modules of this tool and of packages',
  configuration: 'configuration, templates and messages, and the command itself',
  reading: 'sources, inventory, records and their events',
  evidence: 'the file of what was read',
  judging: 'jobs, rules, verdicts and the memory of days before',
  document: 'report.json: sentences, totals, what changed',
  lines: 'the file of jobs, digests of artefacts',
  page: 'report.html',
  charts: 'the charts of page, mail and workbook',
  workbook: 'report.xlsx',
  mail: 'the mail and the notices of channels',
  archive: 'what earlier revisions say, and the commit',
  delivery: 'ledger, mail server, channels',
  'garbage collection': 'of the threads that run JavaScript',
  node: 'Node itself where no stage of ours asked for it: streams, timers, files',
  'threads of Node': 'compression, encryption, files and garbage collection on threads without JavaScript',
  'other packages': 'packages where no stage of ours asked for it',
  waiting: 'no JavaScript ran: disk, network, threads of Node',
};
