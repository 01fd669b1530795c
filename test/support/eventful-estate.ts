import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { dayMs } from '../../src/base/time-units.js';
import type { Language } from '../../src/model/language.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { english, fixedInventory, judgeDays, languageOf } from './judge-day.js';
import { backupOf, databaseNamed } from './named-databases.js';
import {
  type RawEvent,
  auditEvent,
  conditionEvent,
  databaseEvent,
  rawEvent,
  volumeEvent,
} from './raw-event.js';
import { policyRule, protectionOf, silver, waiverRule } from './rules.js';

const firstDay = '2026-11-16';
const secondDay = '2026-11-19';

/** An event of an attempt; an end in the state that is given. */
function attemptOn(name: string, phase: 'begin' | 'end', time: string, state?: string): RawEvent {
  const details = { databaseId: `ocid1.database.oc1.iad.${name.toLowerCase()}`, dbUniqueName: name };
  const resourceId = `ocid1.dbbackup.oc1.iad.${name}-${time}`;
  return databaseEvent(phase, time, {
    resourceId,
    details: { ...details, ...(state === undefined ? {} : { lifecycleState: state }) },
  });
}

function conditionOn(name: string, severity: 'critical' | 'information', condition: string, time: string) {
  const details = { dbName: name.toLowerCase() };
  return conditionEvent(severity, condition, time, {
    resourceId: `ocid1.database.oc1.iad.${name.toLowerCase()}`,
    resourceName: name,
    details,
  });
}

/** What the records quote is no English, so that English in a report is the program's own. */
const events: readonly unknown[] = [
  backupOf('GUT', { time: '2026-11-16T02:00:00Z' }),
  backupOf('ERP', { time: '2026-11-16T02:00:00Z' }),
  backupOf('ALT', { time: '2026-11-16T02:00:00Z', state: 'FAILED' }),
  attemptOn('ERP', 'begin', '2026-11-16T20:00:00Z'),
  backupOf('WEG', { time: '2026-11-16T02:00:00Z' }),
  rawEvent({
    type: 'databaseservice.database.terminate.end',
    time: '2026-11-18T10:00:00Z',
    resourceId: 'ocid1.database.oc1.iad.weg',
    details: { lifecycleState: 'TERMINATED' },
  }),
  backupOf('GUT'),
  attemptOn('ERP', 'end', '2026-11-19T02:00:00Z', 'FAILED'),
  attemptOn('ERP', 'end', '2026-11-19T03:00:00Z', 'FAILED'),
  attemptOn('ABBRUCH', 'end', '2026-11-19T03:00:00Z', 'CANCELED'),
  attemptOn('DANACH', 'end', '2026-11-19T03:00:00Z', 'FAILED'),
  backupOf('DANACH', { time: '2026-11-19T04:00:00Z' }),
  attemptOn('LAUF', 'begin', '2026-11-19T22:00:00Z'),
  attemptOn('STUMM', 'begin', '2026-11-19T01:00:00Z'),
  attemptOn('FREMD', 'end', '2026-11-19T01:00:00Z', 'SELTSAM'),
  backupOf('NEBENBEI'),
  backupOf('SANDKASTEN'),
  conditionOn('ERP', 'critical', 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE', '2026-11-19T02:01:00Z'),
  conditionOn('ERP', 'critical', 'HEALTH.DB_GUEST.FILESYSTEM.FREE_SPACE', '2026-11-19T02:02:00Z'),
  conditionOn('GUT', 'critical', 'HEALTH.DB_GUEST.FILESYSTEM.FREE_SPACE', '2026-11-19T02:02:00Z'),
  conditionOn('GUT', 'information', 'HEALTH.DB_GUEST.FILESYSTEM.FREE_SPACE_CLEARED', '2026-11-19T05:02:00Z'),
  databaseEvent('end', '2026-11-19T06:00:00Z', {
    type: 'databaseservice.restoredatabase.end',
    resourceId: 'ocid1.database.oc1.iad.gut',
    details: { databaseId: 'ocid1.database.oc1.iad.gut', dbUniqueName: 'GUT', lifecycleState: 'AVAILABLE' },
  }),
  volumeEvent('end', '2026-11-19T03:00:00Z'),
  volumeEvent('end', '2026-11-19T04:00:00Z', {
    type: 'blockvolumes.copyvolumebackup.end',
    resourceId: 'ocid1.volumebackup.oc1.iad.kopie',
    details: { status: 'operationFailed', backupState: 'FAULTY' },
  }),
  volumeEvent('end', '2026-11-19T05:00:00Z', {
    type: 'blockvolumes.deletevolumebackup.end',
    resourceId: 'ocid1.volumebackup.oc1.iad.v0',
    details: { timeCreated: '2026-11-12T03:00:00Z' },
  }),
  auditEvent({
    id: 'geaendert',
    type: 'DatabaseService.UpdateDatabase.begin',
    time: '2026-11-19T12:00:00Z',
    resourceId: 'ocid1.database.oc1.iad.gut',
    resourceName: 'GUT',
  }),
  volumeEvent('end', '2026-11-19T07:00:00Z', {
    resourceId: 'ocid1.volumebackup.oc1.iad.niemand',
    details: { volumeId: null, volumeName: null },
  }),
  { eventType: 'com.oraclecloud.databaseservice.automaticbackupdatabase.end', eventTime: 'nie' },
];

/** With ids of their own: those that `raw-event` gives are counted through all suites of a process. */
const records: readonly unknown[] = events.map((event, index) =>
  typeof event === 'object' && event !== null && 'eventID' in event
    ? { ...event, eventID: `e${index}` }
    : event,
);

const inventory = (date: string) =>
  fixedInventory([
    ...['GUT', 'ERP', 'WEG', 'ABBRUCH', 'DANACH', 'LAUF', 'STUMM', 'FREMD', 'FEHLT', 'SPAET'].map((name) =>
      databaseNamed(name),
    ),
    databaseNamed('SANDKASTEN'),
    databaseNamed('WOCHE', { protection: { ...silver, means: 'silber' } }),
    databaseNamed('AUS', { protection: protectionOf({ enabled: false, means: 'nichts' }) }),
    databaseNamed('DUNKEL', { protection: protectionOf({ enabled: null, means: 'nichts' }) }),
    databaseNamed('NEU', { createdTime: '2026-11-19T12:00:00Z' }),
    {
      resourceId: 'ocid1.volume.oc1.iad.data01',
      resourceType: 'volume',
      resourceName: 'data01',
      protection: protectionOf({ means: 'gold', retentionDays: 30 }),
    },
    ...(date === firstDay ? [databaseNamed('ALT')] : []),
  ]);

const strict = { cadence: 'daily', minRetentionMs: 35 * dayMs, maxRestoreAgeMs: 90 * dayMs };

const rules = {
  policies: [
    policyRule({ name: 'streng', match: { name: ['GUT', 'ERP', 'FEHLT'] }, ...strict }),
    policyRule({ name: 'woche', match: { name: ['SPAET', 'DANACH'] }, cadence: 'weekly:WED' }),
    policyRule({ name: 'verdeckt', match: { name: ['ERP'] } }),
    policyRule({ name: 'leer', match: { resourceType: ['x'], compartment: ['y', 'z'], tags: { a: 'b' } } }),
  ],
  excludes: [
    { match: { name: ['SANDKASTEN'] }, reason: 'nachts neu' },
    { match: { owner: ['niemand'] }, reason: 'leer' },
  ],
  waivers: [
    waiverRule({ match: { name: ['ERP'] }, reason: 'Umzug', expires: '2026-11-20' }),
    waiverRule({ match: { name: ['FEHLT'] }, reason: 'Umzug', expires: secondDay, ticket: null }),
    waiverRule({ match: { name: ['GUT'] }, reason: 'Umzug', expires: '2026-11-01' }),
    waiverRule({ match: { resourceId: ['nirgends'] }, reason: 'Umzug' }),
    waiverRule({ match: { resourceType: ['database'] }, reason: 'Umzug' }),
    waiverRule({ match: {}, reason: 'Umzug' }),
  ],
  recipients: [{ name: 'leer', match: { name: ['nirgends'] }, to: ['a@example.com'] }],
  maxWaivedShare: 0.125,
};

/**
 * Two reports with days missing in between, in which there is something of nearly everything that a report tells: the
 * same records whatever the language.
 */
export async function judgeEventful(language: Language): Promise<readonly DailyReport[]> {
  const reports = await judgeDays([firstDay, secondDay], (date) => ({
    records,
    rules,
    language,
    inventory: inventory(date),
    lookbackDays: 1,
    timezone: 'Europe/Berlin',
  }));
  return reports.map(({ report }) => report);
}

/** The reports of both languages as text, made by a process of another locale and time zone. */
export async function eventfulOn(locale: string, timezone: string): Promise<string> {
  const script = `
    import { eventfulText } from ${JSON.stringify(import.meta.url)};
    process.stdout.write(await eventfulText());
  `;
  const env = { PATH: process.env['PATH'], LANG: locale, LC_ALL: locale, LANGUAGE: locale, TZ: timezone };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** The reports of both languages as text, made by this process. */
export async function eventfulText(): Promise<string> {
  const reports = [await judgeEventful(english), await judgeEventful(await languageOf('de'))];
  return JSON.stringify(reports);
}
