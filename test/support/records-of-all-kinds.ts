import { conditionEvent, databaseEvent, rawEvent, volumeEvent } from './raw-event.js';

export const dayOfAllKinds = '2026-11-19';
const at = (time: string): string => `${dayOfAllKinds}T${time}:00Z`;
const failed = { lifecycleState: 'FAILED', lifecycleDetails: 'It failed.' };
/** What a day may have: backups of several families, one that failed, an incident, an unknown type, and lines that cannot be read. */
export const recordsOfAllKinds: readonly unknown[] = [
  databaseEvent('begin', at('02:00'), { id: 'a' }),
  databaseEvent('end', at('02:30'), { id: 'b' }),
  databaseEvent('end', at('02:30'), { id: 'b2' }),
  databaseEvent('end', at('04:30'), { id: 'c', resourceId: 'ocid1.dbbackup.oc1.iad.b2', details: failed }),
  volumeEvent('end', at('05:00'), { id: 'd' }),
  volumeEvent('begin', at('23:50'), { id: 'e', resourceId: 'ocid1.volumebackup.oc1.iad.v2' }),
  conditionEvent('critical', 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE', at('06:00'), { id: 'f' }),
  rawEvent({
    type: 'mysqlaas.createbackup.end',
    time: at('07:00'),
    id: 'g',
    details: { lifecycleState: 'ACTIVE' },
  }),
  rawEvent({ type: 'newservice.createbackup.end', time: at('08:00'), id: 'h' }),
  rawEvent({ type: 'databaseservice.launchdbsystem.end', time: at('08:00'), id: 'i' }),
  '{"broken":',
  '{"broken": 2',
  '[]]',
];
