/** Log source and parser of our own: deploy/log-analytics. Other names than the public ones, so that no import replaces those. */
export const ownLogSource = 'OCI_Backup_Reporter_Events';
export const ownParser = 'OCI_Backup_Reporter_Event';

/** A field that a log source parses an event into. */
export interface LogField {
  /** Display name: what rows and queries call the column. */
  readonly column: string;
  /** Where it is in the event. */
  readonly path: readonly string[];
  readonly type: 'STRING' | 'INTEGER' | 'TIMESTAMP';
  /** Internal name, where every tenancy has the field; without one it is made when the log source is imported. */
  readonly builtIn?: string;
  /** Another name that rows of other parsers have it by. */
  readonly alias?: string;
  /** Only our own parser maps it; all others the public one (OCI_Backup_Event) maps, too. */
  readonly isOwn?: true;
  /** For people who query: the row reader has no use for it. */
  readonly isForPeople?: true;
}

type Traits = Partial<Omit<LogField, 'column' | 'path'>>;

const field = (column: string, path: string, traits: Traits = {}): LogField => ({
  column,
  path: path.split('.'),
  type: 'STRING',
  ...traits,
});

/** @param name in `additionalDetails`, and of the column */
const detail = (name: string, traits: Traits = {}): LogField =>
  field(name, `data.additionalDetails.${name}`, traits);
const ownDetail = (name: string): LogField => detail(name, { isOwn: true });

/**
 * The one table of the parser: the importable log source is made of it (npm run deploy-files), queries name these
 * columns, and rows are read back by it. First what every parser of backup events has, in the order of the queries.
 *
 * The display names of `resourceId`, `eventName`, `eventDescription` and `lifecycleDetails` are ours on purpose: there are
 * built-in fields for them, but Oracle does not publish what queries call those.
 */
export const logFields: readonly LogField[] = [
  field('Event Type', 'eventType', { builtIn: 'eventtype' }),
  field('Event ID', 'eventID', { builtIn: 'eventid' }),
  field('Event Start Time', 'eventTime', { builtIn: 'starteventtime', type: 'TIMESTAMP' }),
  field('Compartment ID', 'data.compartmentId', { builtIn: 'compartmentid' }),
  field('Compartment Name', 'data.compartmentName', { builtIn: 'compartmentname' }),
  field('OCI Resource Name', 'data.resourceName', { builtIn: 'ocirsrcname' }),
  field('Status', 'data.additionalDetails.status', { builtIn: 'status' }),
  field('LifecycleState', 'data.additionalDetails.lifecycleState'),
  detail('timeCreated', { type: 'TIMESTAMP' }),
  field('DBUniqueName', 'data.additionalDetails.dbUniqueName'),
  detail('databaseId'),
  detail('dbSystemId'),
  field('autoBackupEnabled', 'data.additionalDetails.autoBackupsEnabled'),
  field('recoveryWindowInDays', 'data.additionalDetails.recoveryWindow', { type: 'INTEGER' }),
  field('BackupDestinationType', 'data.additionalDetails.backupDestinationType'),
  detail('backupType'),
  detail('backupState'),
  detail('sourceType'),
  detail('volumeName'),
  detail('volumeId'),
  field('additionalDetails', 'data.additionalDetails'),

  field('Datasource', 'source', { builtIn: 'datasrc', isForPeople: true }),
  field('Data', 'data', { builtIn: 'data', isForPeople: true }),
  field('Availability Domain', 'data.availabilityDomain', { builtIn: 'availdomain', isForPeople: true }),
  detail('timeUpdated', { type: 'TIMESTAMP', isForPeople: true }),
  detail('dbHomeId', { isForPeople: true }),
  detail('dbVersion', { isForPeople: true }),
  field('DatabaseEdition', 'data.additionalDetails.databaseEdition', { isForPeople: true }),
  detail('isCdb', { isForPeople: true }),

  field('Time', 'eventTime', { builtIn: 'time', type: 'TIMESTAMP', isOwn: true, isForPeople: true }),
  field('Event Type Version', 'eventTypeVersion', {
    builtIn: 'eventtypever',
    isOwn: true,
    isForPeople: true,
  }),
  field('resourceId', 'data.resourceId', { isOwn: true, alias: 'rsrcid' }),
  field('eventName', 'data.additionalDetails.eventName', { isOwn: true, alias: 'event' }),
  field('eventDescription', 'data.additionalDetails.description', { isOwn: true, alias: 'desc' }),
  field('lifecycleDetails', 'data.additionalDetails.lifecycleDetails', {
    isOwn: true,
    alias: 'lifecycledetail',
  }),
  field('dataStatus', 'data.status', { isOwn: true }),
  field('freeformTags', 'data.freeformTags', { isOwn: true }),
  field('definedTags', 'data.definedTags', { isOwn: true }),
  ...[
    'dbName',
    'dbSystemName',
    'displayName',
    'autonomousDatabaseId',
    'autonomousContainerDatabaseId',
    'vmClusterId',
    'cloudVmClusterId',
    'exadbVmClusterId',
    'autonomousVmClusterId',
    'cloudAutonomousVmClusterId',
    'vaultId',
    'bootVolumeId',
    'volumeGroupId',
    'volumeGroupName',
    'fileSystemId',
    'deploymentId',
    'bdsInstanceId',
    'assetId',
    'backupId',
    'expirationTime',
    'timeExpiryScheduled',
    'timeAvailableTill',
  ].map(ownDetail),
];

/** The columns that rows are read by. */
export const readFields: readonly LogField[] = logFields.filter(({ isForPeople }) => isForPeople !== true);
