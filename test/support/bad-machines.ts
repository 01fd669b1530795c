import type { BadInput } from './bad-input.js';
import { ndjson } from './cli.js';
import { databaseEvent } from './raw-event.js';

const events = { 'events/a.ndjson': ndjson([databaseEvent('end', '2026-11-19T02:00:00Z', { id: 'e1' })]) };

/** What a machine may say of itself that is nothing: neither is asked, and the report is made as anywhere else. */
export const badMachines: readonly BadInput[] = [
  {
    fault: '`TZ` names no time zone',
    variables: { TZ: 'Mars/Olympus' },
    files: events,
    exit: 0,
    says: 'reports/daily/2026/11/19/r1',
    todo: 'nothing: `timezone` of the plan decides',
    isWritten: true,
    isSlow: true,
  },
  {
    fault: '`LANG`, `LC_ALL` or `LANGUAGE` name no language',
    variables: { LANG: 'xx_XX.none', LC_ALL: '../none', LANGUAGE: 'xx:yy' },
    files: events,
    exit: 0,
    says: 'reports/daily/2026/11/19/r1',
    todo: 'nothing: `language` of the plan decides',
    isWritten: true,
    isSlow: true,
  },
];
