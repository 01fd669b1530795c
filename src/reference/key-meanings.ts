/** What docs and editors say of a key of the configuration. */
export interface KeyMeaning {
  readonly meaning: string;
  /** A value as it is written in the file. */
  readonly example?: string;
  /** What counts where the key is absent, if the schema has no default of its own. */
  readonly default?: string;
}

type Meanings = Readonly<Record<string, KeyMeaning>>;

const match: Meanings = {
  resourceType: {
    meaning: 'Types of resources, such as `database` or `volume`; one or a list.',
    example: '[database]',
  },
  compartment: {
    meaning: 'Names of compartments; `*` and `?` stand for any characters.',
    example: "'prod*'",
  },
  name: { meaning: 'Names of resources; `*` and `?` stand for any characters.', example: "'ERP*'" },
  resourceId: {
    meaning: 'OCIDs or ids of resources; `*` and `?` work here, too.',
    example: "'ocid1.database.*'",
  },
  tags: { meaning: 'Tags that a resource must have, each with this value.', example: '{ env: prod }' },
  owner: { meaning: 'Owners, by inventory or policy.', example: "'*@example.com'" },
};

/** Policies assign owners: only other rules match them. */
function matching(path: string, criteria = Object.keys(match)): Meanings {
  const chosen = Object.entries(match).filter(([key]) => criteria.includes(key));
  return Object.fromEntries(chosen.map(([key, words]) => [`${path}.match.${key}`, words]));
}

const plan: Meanings = {
  plan: {
    meaning:
      'Name of the report plan: a-z, 0-9 and -. It names the folder in the archive; to change it, see `renamedFrom`.',
    example: 'daily-backup',
  },
  report: {
    meaning: 'The kind of report. One a plan, for good.',
    example: 'tenancy-changes',
  },
  kinds: {
    meaning: "Modules that bring kinds of report of a company's own: docs/own-modules.md.",
    example: '[./our-kind.mjs]',
  },
  renamedFrom: {
    meaning:
      'The name that the plan had before, in the same archive. Its first report goes on from the newest one under that name, which is then on record as renamed (docs/upgrade.md).',
    example: 'nightly-backup',
  },
  timezone: {
    meaning: 'IANA time zone. A report day runs from midnight to midnight here.',
    example: 'America/New_York',
  },
  settleDelay: {
    meaning:
      'How long a scheduled run waits for late events, and how far each report looks beyond the end of its day. With a source of Azure the default is 390m.',
    example: '6h',
  },
  lookbackDays: {
    meaning: 'Days that the first report looks back. Later reports continue the one before.',
    example: '7',
  },
  maxBridgeDays: {
    meaning: 'The longest gap, in days without a report, that the next report reads.',
    example: '35',
  },
  tolerateRejected: {
    meaning: 'Unreadable records that do not make the report INCOMPLETE. They are counted all the same.',
    example: '0',
  },
  sources: {
    meaning: 'Where records come from, one or more. Events are merged, and duplicates counted once.',
  },
  language: {
    meaning: 'Language of the reports: en, de, or a folder in messages/ of your own templates.',
    example: 'de',
  },
  templates: {
    meaning: 'Folder of your own templates. Its files take precedence over those that ship with the program.',
    example: './templates',
  },
  consoleUrl: {
    meaning: 'Where links to resources lead; `none`: there are no links.',
    example: 'https://cloud.oracle.com',
    default: "the console of each resource's realm",
  },
  publicUrl: {
    meaning: 'Where a browser finds the archive. Mails and notices then have links in place of paths.',
    example: 'https://reports.example.com',
    default: 'none: paths are shown',
  },
  frameworks: {
    meaning:
      'Frameworks whose clauses the appendix of the report lists, by name, or a .yaml file of your own.',
    example: '[iso27001, soc2]',
  },
  redact: { meaning: 'Fields that are kept out of the archive from the first report on.' },
  'redact.field': {
    meaning: 'A field that no rule reads: principalName, ipAddress, tags.contact, …',
    example: 'principalName',
  },
  'redact.by': {
    meaning: '`hash`: a keyed hash, so that equal values stay equal; `drop`: nothing.',
    example: 'drop',
  },
  redactKey: {
    meaning: 'The secret of the hashes, at least 16 characters.',
    example: '${REDACT_KEY}',
    default: 'none: required where a field is hashed',
  },
  maxWaivedShare: {
    meaning: 'A waiver for a larger share of the resources is reported as a finding.',
    example: '20%',
  },
  periods: {
    meaning: 'Reports of periods that `schedule` makes when their last day has settled.',
    example: '[month]',
  },
  periodTarget: {
    meaning: 'Least attainment of a period in percent; a policy may have its own.',
    example: '99.5',
    default: 'none demanded',
  },
  serviceProfile: {
    meaning: 'What `doctor --probe-service` found out. It only saves calls; no report depends on it.',
  },
};

const sources: Meanings = {
  'sources.*.type': { meaning: 'Where the records are.' },
  'sources.*.name': {
    meaning: 'What reports, evidence and logs call the source.',
    example: 'exports',
    default: 'position and type, such as `1:local-files`',
  },
  'sources.*.deadline': {
    meaning: 'How long one reading may take.',
    example: '1h',
    default: "later than the source's own budget ends it",
  },
  'sources.*.ignore': {
    meaning:
      'Patterns of what is left out, listed and counted. One without a slash is for the last part of a name.',
    example: "['.*', '_SUCCESS']",
  },
  'sources.*.budget': {
    meaning: 'What may be used up for each day that is read. After that the report is INCOMPLETE.',
  },
  'sources.*.budget.calls': { meaning: 'Calls, failed ones included.', example: '5000', default: '5000' },
  'sources.*.budget.minutes': { meaning: 'Minutes, from the first call on.', example: '30', default: '30' },
  'sources.*.compartmentId': {
    meaning: 'OCID of the compartment that is read.',
    example: 'ocid1.compartment.oc1..x',
  },
  'sources.*.includeSubcompartments': {
    meaning: 'Whether compartments below are read, too.',
    example: 'true',
  },
  'sources.*.ingestionDelay': { meaning: 'How long after an event its record may arrive.', example: '24h' },
  'sources.*.namespace': {
    meaning: 'Namespace of Object Storage and Log Analytics.',
    example: 'mytenancy',
    default: "the tenancy's own",
  },
  'sources.*.parallel': { meaning: 'Calls at the same time.', example: '4' },
  'sources.*.regions': {
    meaning: 'Regions, by name or key.',
    example: '[us-ashburn-1]',
    default: 'all that the tenancy uses',
  },
  'sources.local-files.paths': {
    meaning: 'Files, folders or globs. `{date}` in a path stands for each date of the window.',
    example: "['./events/**/*.ndjson.gz']",
  },
  'sources.log-analytics.logSource': {
    meaning: 'Name of the log source.',
    example: 'OCI_Backup_Event_Source',
  },
  'sources.log-analytics.exportAbove': {
    meaning: 'With more records than this in the window, exports are used.',
    example: '200000',
  },
  'sources.log-analytics.aggregate': {
    meaning:
      '`server`: Log Analytics pairs begin and end events, for very large estates. Then it is the only source.',
    example: 'server',
  },
  'sources.log-analytics.pollInterval': {
    meaning: 'First wait for a query that runs as a job.',
    example: '500ms',
  },
  'sources.object-storage.bucket': {
    meaning: 'Bucket that Connector Hub or an export writes to.',
    example: 'backup-events',
  },
  'sources.object-storage.prefix': {
    meaning: 'What the names of its objects begin with.',
    example: 'events/',
  },
  'sources.object-storage.margin': {
    meaning: 'How long after an event its object may be written.',
    example: '24h',
  },
  'sources.streaming.streamId': { meaning: 'OCID of the stream.', example: 'ocid1.stream.oc1.iad.x' },
  'sources.streaming.cursor': {
    meaning:
      '`time` keeps no state and is meant for daily reports; `group` commits when the evidence is archived.',
    example: 'time',
  },
  'sources.streaming.group': {
    meaning: 'Name of the group, with `cursor: group` only.',
    example: 'backup-report',
    default: 'none',
  },
  'sources.streaming.limit': { meaning: 'Messages in an answer.', example: '1000' },
  'sources.oci-audit.compartments': {
    meaning: 'OCIDs of the compartments that are read.',
    example: '[ocid1.compartment.oc1..x]',
    default: 'all of the tenancy, deleted ones included',
  },
  'sources.oci-audit.excludeCompartments': {
    meaning: 'OCIDs that are not read; named in the manifest.',
    example: '[]',
  },
  'sources.logging-search.logs': {
    meaning: 'Logs: compartment/log group/log, or compartment/_Audit.',
    example: '[ocid1.compartment.oc1..x/_Audit]',
    default: 'Audit of the whole tenancy',
  },
  'sources.logging-search.search': {
    meaning: 'A search in place of `logs`. It may only filter, with `where`.',
    example: 'search "ocid1.tenancy.oc1..x/_Audit" | where data.eventName = \'UpdateVolume\'',
    default: 'none',
  },
  'sources.azure-monitor.workspaces': {
    meaning: 'Ids of the Log Analytics workspaces, up to 100.',
    example: '[00000000-0000-0000-0000-000000000000]',
  },
  'sources.azure-monitor.longestJob': {
    meaning: 'How long before the day rows of its jobs may have come.',
    example: '24h',
  },
  'sources.azure-monitor.rowsPerQuery': {
    meaning: 'Most rows of a query; they are in memory at once.',
    example: '20000',
  },
  'sources.data-safe.trailsTimeout': { meaning: 'Time for the state of all audit trails.', example: '2m' },
  // `npm run new` adds keys of sources above this line.
  'sources.module.module': {
    meaning: 'A module of your own: a path from this file, or the name of an installed package.',
    example: './our-source.mjs',
  },
  'sources.module.settings': {
    meaning: 'Keys of the module, which it checks itself.',
    example: '{ folder: ./in }',
  },
};

const judging: Meanings = {
  inventory: { meaning: 'What should be backed up.' },
  'inventory.*.type': {
    meaning: '`observed`: what the events have shown; `file`; or `oci`: what OCI lists.',
  },
  'inventory.file.path': { meaning: 'A .csv or .yaml file.', example: './inventory.csv' },
  'inventory.oci.regions': {
    meaning: 'Regions, by name or key.',
    example: '[us-ashburn-1]',
    default: 'the region of the credentials',
  },
  'inventory.oci.compartments': {
    meaning: 'OCIDs of the compartments that are listed.',
    example: '[ocid1.compartment.oc1..x]',
  },
  'inventory.oci.includeSubcompartments': {
    meaning: 'Whether compartments below are listed, too.',
    example: 'true',
  },
  'inventory.oci.resourceTypes': {
    meaning: 'Types of resources that are listed.',
    example: '[database]',
    default: 'all of them',
  },
  policies: {
    meaning:
      'What is demanded of resources. The first match wins; where none matches: daily, maxAge 26h, maxDuration 12h.',
  },
  'policies.name': {
    meaning: 'What reports call the policy; not `default`.',
    example: 'production-databases',
  },
  'policies.match': { meaning: 'The resources that it is for; all, if nothing is said.' },
  ...matching('policies', ['resourceType', 'compartment', 'name', 'resourceId', 'tags']),
  'policies.cadence': {
    meaning:
      'When a backup is due: daily, weekdays:MON,TUE, weekly:SUN, monthly:1, monthly:last, or assigned (as in OCI).',
    example: 'weekly:SUN',
  },
  'policies.maxAge': {
    meaning: 'How old the last successful backup may be at the end of the day.',
    example: '26h',
    default: 'the longest time between two due days, and 2 h',
  },
  'policies.maxDuration': { meaning: 'How long a backup may run.', example: '8h' },
  'policies.minRetention': {
    meaning: 'How long backups must be kept.',
    example: '35d',
    default: 'none demanded',
  },
  'policies.maxRestoreAge': {
    meaning: 'How old the last successful restore may be.',
    example: '90d',
    default: 'none demanded',
  },
  'policies.severity': { meaning: 'How bad it is if the policy is not met.', example: 'critical' },
  'policies.owner': {
    meaning: 'Owner of the resources that the inventory gives none.',
    example: 'dba-oncall@example.com',
    default: 'none',
  },
  'policies.periodTarget': {
    meaning: 'Least attainment of a period in percent.',
    example: '99.9',
    default: 'that of the plan',
  },
  exclude: { meaning: 'What is not judged, but listed and counted.' },
  'exclude.match': { meaning: 'The resources; at least one criterion.' },
  ...matching('exclude'),
  'exclude.reason': { meaning: 'Why. Reports show it.', example: 'rebuilt nightly' },
  waivers: { meaning: 'Accepted exceptions: the verdict stays and is counted separately.' },
  'waivers.match': { meaning: 'The resources; at least one criterion.' },
  ...matching('waivers'),
  'waivers.reason': { meaning: 'Why. Reports show it.', example: 'decommissioned on 2026-12-31' },
  'waivers.ticket': { meaning: 'Where the exception is on record.', example: 'CHG-1234', default: 'none' },
  'waivers.approvedBy': { meaning: 'Who approved it.', example: 'ciso@example.com' },
  'waivers.expires': { meaning: 'The last report day that it applies to.', example: '2026-12-31' },
  recipients: {
    meaning: 'Each team gets its own part by mail, with its own workbook. The first match wins.',
  },
  'recipients.name': { meaning: 'What reports call the team.', example: 'storage team' },
  'recipients.match': { meaning: 'The resources; all, if nothing is said.' },
  ...matching('recipients'),
  'recipients.to': {
    meaning: 'Mail addresses, or `owner`: each owner gets their own.',
    example: '[storage@example.com]',
  },
  'database-activity/exclude': {
    meaning: 'Targets whose events nobody asks for: listed, and their silence makes no report INCOMPLETE.',
  },
  'database-activity/exclude.target': { meaning: 'OCID or name of the target.', example: 'SANDBOX' },
  'database-activity/exclude.reason': { meaning: 'Why. Reports show it.', example: 'not in use' },
};

const forward: Meanings = {
  forward: { meaning: 'Where `backup-report forward` sends records to, and how.' },
  'forward.logId': {
    meaning: 'OCID of a log of type CUSTOM in OCI Logging.',
    example: 'ocid1.log.oc1.iad.x',
  },
  'forward.source': { meaning: 'What entries name as their source.', example: 'oci-backup-reporter' },
  'forward.type': {
    meaning: 'What entries name as their type.',
    example: 'com.oraclecloud.datasafe.auditevent',
  },
  'forward.since': {
    meaning: 'Where the first run begins; later ones go on from the journal.',
    example: '2026-11-01',
    default: 'a day before it',
  },
  'forward.overlap': {
    meaning: 'How far each run goes back behind the end of the one before.',
    example: '30m',
  },
  'forward.journal': {
    meaning: 'Another number begins another journal: what was sent before is sent again.',
    example: '1',
  },
  'forward.readBack': { meaning: 'Where a search finds the log, to count what may be there twice.' },
  'forward.readBack.compartmentId': {
    meaning: 'OCID of the compartment of the log.',
    example: 'ocid1.compartment.oc1..x',
  },
  'forward.readBack.logGroupId': { meaning: 'OCID of its log group.', example: 'ocid1.loggroup.oc1.iad.x' },
  'forward.readBack.searchableAfter': {
    meaning: 'How long after it was sent an entry must be found.',
    example: '1h',
  },
};

const look: Meanings = {
  branding: { meaning: 'What reports have of your company.' },
  'branding.company': { meaning: 'Its name.', example: 'ACME', default: 'none' },
  'branding.logo': {
    meaning: 'A .png, .jpg or .svg file of at most 64 KiB.',
    example: './logo.png',
    default: 'none',
  },
  'branding.accent': {
    meaning: 'Colour of headings and lines; never of a verdict.',
    example: "'#c74634'",
    default: "the template's own",
  },
  'branding.footer': { meaning: 'A line at the foot.', example: 'Internal', default: 'none' },
  page: { meaning: 'How much report.html shows.' },
  'page.exceptions': { meaning: 'Resources with a story of their own.', example: '200' },
  'page.rows': { meaning: 'Rows of its tables.', example: '2000' },
  'page.listed': { meaning: 'Resources that its search finds.', example: '50000' },
};

const archive: Meanings = {
  archive: { meaning: 'Where reports are kept. Nothing is ever overwritten.' },
  'archive.*.type': { meaning: 'A folder, or a bucket of OCI Object Storage.' },
  'archive.file-system.directory': { meaning: 'The folder.', example: './reports' },
  'archive.*.lease': {
    meaning: 'How long a revision without a manifest counts as still being written.',
    example: '30s',
  },
  'archive.object-storage.bucket': { meaning: 'The bucket.', example: 'backup-reports' },
  'archive.object-storage.namespace': {
    meaning: 'Namespace of Object Storage.',
    example: 'mytenancy',
    default: "the tenancy's own",
  },
  'archive.object-storage.prefix': {
    meaning: 'What all keys begin with; empty, or names that each end in /.',
    example: 'backups/daily/',
  },
  'archive.object-storage.storageTier': {
    meaning: 'Storage tier of the objects.',
    example: 'InfrequentAccess',
  },
};

const delivery: Meanings = {
  mail: { meaning: 'How reports are mailed.' },
  'mail.*.type': {
    meaning: '`none`; `outbox`: a folder of .eml files; `smtp`; `email-delivery`: OCI Email Delivery.',
  },
  'mail.*.from': { meaning: 'Mail address of the sender.', example: 'backup-reports@example.com' },
  'mail.*.to': { meaning: 'Who gets the whole report.', example: '[ops@example.com]' },
  'mail.*.attach': { meaning: 'What is attached.', example: '[xlsx]' },
  'mail.*.maxMessageBytes': {
    meaning: 'A larger message goes without the workbook and says where it is.',
    example: '2MiB',
  },
  'mail.*.link': { meaning: 'What the mail has instead of a workbook that is too large to attach.' },
  'mail.*.link.type': {
    meaning: '`archive`: where it is; `pre-authenticated`: a link that works for anybody until it expires.',
    example: 'archive',
  },
  'mail.*.link.expires': { meaning: 'How long such a link works.', example: '7d' },
  'mail.*.maxRecipients': {
    meaning: 'With more recipients, the message is sent in several parts.',
    example: '50',
  },
  'mail.outbox.directory': { meaning: 'The folder.', example: './outbox' },
  'mail.smtp.host': { meaning: 'Name or address of the server.', example: 'smtp.example.com' },
  'mail.smtp.port': {
    meaning: 'Port of the server.',
    example: '587',
    default: '587 with starttls, 465 with tls, 25 with none',
  },
  'mail.smtp.security': {
    meaning: '`none`: nothing is encrypted; only for a relay on this machine.',
    example: 'starttls',
  },
  'mail.smtp.username': { meaning: 'User, together with `password`.', example: 'reports', default: 'none' },
  'mail.smtp.password': {
    meaning: 'Password; better from the environment.',
    example: '${SMTP_PASSWORD}',
    default: 'none',
  },
  'mail.smtp.ca': {
    meaning: "PEM file of certificates to trust instead of the system's.",
    example: './ca.pem',
    default: "the system's",
  },
  'mail.smtp.name': {
    meaning: 'What this machine calls itself in EHLO.',
    example: 'reports.example.com',
    default: "the machine's name",
  },
  'mail.smtp.connectionTimeout': { meaning: 'Longest wait for a connection.', example: '20s' },
  'mail.smtp.greetingTimeout': { meaning: "Longest wait for the server's greeting.", example: '20s' },
  'mail.smtp.socketTimeout': { meaning: 'Longest silence of the server.', example: '60s' },
  'mail.smtp.deadline': {
    meaning: 'How long transient refusals and broken connections are tried again.',
    example: '5m',
  },
  'mail.smtp.firstDelay': { meaning: 'First wait before another attempt.', example: '2s' },
  'mail.smtp.dkim': { meaning: 'Messages are signed; needs keyFile or privateKey.' },
  'mail.smtp.dkim.domain': { meaning: 'Domain of the sender.', example: 'example.com' },
  'mail.smtp.dkim.selector': {
    meaning: 'Servers ask for the public key at <selector>._domainkey.<domain>.',
    example: 'reports2026',
  },
  'mail.smtp.dkim.privateKey': {
    meaning: 'RSA key in PEM, without a passphrase.',
    example: '${DKIM_KEY}',
    default: 'none',
  },
  'mail.smtp.dkim.keyFile': { meaning: 'File with that key.', example: './dkim.pem', default: 'none' },
  'mail.email-delivery.compartmentId': {
    meaning: 'OCID of the compartment of the approved sender.',
    example: 'ocid1.compartment.oc1..x',
  },
  channels: { meaning: 'What else is notified of a report.' },
  'channels.*.type': { meaning: 'OCI Notifications, or a webhook.' },
  'channels.*.name': { meaning: 'What reports and logs call it.', example: 'pager' },
  'channels.*.when': {
    meaning: '`trouble`: only if the report is not both COMPLIANT and COMPLETE.',
    example: 'trouble',
  },
  'channels.oci-notifications.topicId': {
    meaning: 'OCID of the topic.',
    example: 'ocid1.onstopic.oc1.iad.x',
  },
  'channels.webhook.url': {
    meaning: 'Where it is posted to. It counts as a secret.',
    example: 'https://chat.example.com/hook',
  },
  'channels.webhook.format': { meaning: 'Form of the message.', example: 'slack' },
  'channels.webhook.timeout': { meaning: 'Longest wait for the answer.', example: '20s' },
  // `npm run new` adds keys of channels above this line.
  'channels.module.module': {
    meaning: 'A module of your own: a path from this file, or the name of an installed package.',
    example: './our-channel.mjs',
  },
  'channels.module.settings': {
    meaning: 'Keys of the module, which it checks itself.',
    example: '{ room: backups }',
  },
  'channels.module.timeout': { meaning: 'Longest wait for the module.', example: '60s' },
  heartbeat: { meaning: 'A monitor that raises an alarm when it hears nothing.' },
  'heartbeat.url': {
    meaning: 'URL/start is called at the start, URL after success, URL/fail after failure.',
    example: 'https://hc.example.com/ping/1234',
  },
  'heartbeat.timeout': { meaning: 'Longest wait for the answer.', example: '10s' },
};

const running: Meanings = {
  schedule: { meaning: 'When `backup-report schedule` runs the plan.' },
  'schedule.cron': { meaning: 'Five fields, in the time zone of the plan.', example: "'0 6 * * *'" },
  'schedule.catchUpDays': { meaning: 'Past days that get a report if they have none.', example: '7' },
  'schedule.reconcileDays': {
    meaning: 'Past days that are read again at each run, for late events.',
    example: '3',
  },
  'schedule.gracePeriod': { meaning: 'After SIGTERM, time for the current stage to finish.', example: '30s' },
  'schedule.retryAfter': {
    meaning: 'Wait after a failure; doubled each time, up to an hour.',
    example: '5m',
  },
  'schedule.passDeadline': { meaning: 'A pass over the days that takes longer is given up.', example: '6h' },
  signing: { meaning: 'What signs the manifests of reports: key or vault, one of the two.' },
  'signing.key': {
    meaning: 'Private key, PKCS#8 in PEM.',
    example: "'${file:./signing-key.pem}'",
    default: 'none',
  },
  'signing.vault': { meaning: 'The same as the current version of a secret of OCI Vault.' },
  'signing.vault.secretId': { meaning: 'OCID of the secret.', example: 'ocid1.vaultsecret.oc1.iad.x' },
  timestamp: { meaning: 'A time-stamping authority by RFC 3161 says when.' },
  'timestamp.url': {
    meaning: 'Its address; path and query may be secret.',
    example: 'https://tsa.example.com/',
  },
  'timestamp.ca': {
    meaning: 'PEM file with the certificates of those who certify it.',
    example: './tsa-ca.pem',
  },
  'timestamp.timeout': {
    meaning: 'Longest wait for an answer; there are up to three attempts.',
    example: '20s',
  },
};

const clouds: Meanings = {
  auth: { meaning: 'How the program authenticates to OCI.' },
  'auth.*.type': { meaning: 'Who the program is.' },
  'auth.*.file': {
    meaning: "OCI's own configuration file.",
    example: '~/.oci/config',
    default: 'OCI_CONFIG_FILE, else ~/.oci/config',
  },
  'auth.*.profile': { meaning: 'Profile in it.', example: 'DEFAULT' },
  'auth.*.passphrase': {
    meaning: 'Only if the key is encrypted.',
    example: '${OCI_KEY_PASSPHRASE}',
    default: 'none',
  },
  'auth.api-key.tenancy': { meaning: 'OCID of the tenancy.', example: 'ocid1.tenancy.oc1..x' },
  'auth.api-key.user': { meaning: 'OCID of the user.', example: 'ocid1.user.oc1..x' },
  'auth.api-key.fingerprint': { meaning: 'Fingerprint of the key.', example: '12:34:56:…' },
  'auth.api-key.region': {
    meaning: 'Region of calls that name none.',
    example: 'us-ashburn-1',
    default: 'none: each adapter names its own',
  },
  'auth.api-key.keyFile': {
    meaning: 'PEM file of the private key; this or privateKey.',
    example: './api-key.pem',
    default: 'none',
  },
  'auth.api-key.privateKey': {
    meaning: 'The private key itself.',
    example: "'${file:./api-key.pem}'",
    default: 'none',
  },
  oci: { meaning: 'How calls to OCI are made.' },
  'oci.timeout': { meaning: 'Longest wait for the answer of one attempt.', example: '90s' },
  'oci.attempts': { meaning: 'Attempts of a call.', example: '6' },
  'oci.firstDelay': { meaning: 'First wait before another attempt; doubled each time.', example: '500ms' },
  'oci.deadline': { meaning: 'After that there is no further attempt.', example: '10m' },
  vault: { meaning: 'Where the secrets of `${vault:OCID}` are; default: as each OCID says.' },
  azure: { meaning: 'Sign-in and calls to Azure, for the source azure-monitor.' },
  'azure.cloud': { meaning: 'Which cloud of Azure.', example: 'public' },
  'azure.signIn': { meaning: 'How the program signs in to Azure.' },
  'azure.signIn.*.type': { meaning: 'Who the program is.' },
  'azure.signIn.*.tenantId': {
    meaning: 'GUID or domain of the tenant.',
    example: 'contoso.onmicrosoft.com',
    default: 'AZURE_TENANT_ID',
  },
  'azure.signIn.*.clientId': {
    meaning: 'GUID of the application or identity.',
    example: '00000000-0000-0000-0000-000000000000',
    default: 'that of the environment or machine',
  },
  'azure.signIn.client-secret.clientSecret': {
    meaning: 'Secret of the application.',
    example: '${AZURE_CLIENT_SECRET}',
  },
  'azure.signIn.workload-identity.tokenFile': {
    meaning: 'File of the token.',
    example: '/var/run/secrets/azure/tokens/azure-identity-token',
    default: 'AZURE_FEDERATED_TOKEN_FILE',
  },
  'azure.endpoint': {
    meaning: 'Another place of the queries, https only.',
    example: 'https://api.loganalytics.azure.com',
    default: "the cloud's own",
  },
  'azure.authority': {
    meaning: 'Another place of the sign-in, https only.',
    example: 'https://login.microsoftonline.com',
    default: "the cloud's own",
  },
  'azure.audience': {
    meaning: 'Another audience of the tokens.',
    example: 'https://api.loganalytics.io',
    default: "the cloud's own",
  },
  'azure.ca': {
    meaning: 'PEM file of certificates to trust besides those of Node.js.',
    example: './ca.pem',
    default: 'none',
  },
  'azure.timeout': { meaning: 'Longest wait for the answer of one attempt.', example: '200s' },
  'azure.attempts': { meaning: 'Attempts of a call.', example: '6' },
  'azure.firstDelay': { meaning: 'First wait before another attempt; doubled each time.', example: '500ms' },
  'azure.deadline': { meaning: 'After that there is no further attempt.', example: '10m' },
};

const profile: Meanings = {
  'serviceProfile.logAnalytics': { meaning: 'What is known of Log Analytics.' },
  'serviceProfile.logAnalytics.timeEdges': {
    meaning: 'Whether a time filter is exact to the millisecond or the second.',
    example: 'milliseconds',
  },
  'serviceProfile.logAnalytics.endIncluded': {
    meaning: 'Whether the end of a time filter is in it.',
    example: 'true',
  },
  'serviceProfile.logAnalytics.linkGroups': { meaning: 'Most groups that `link` gives.', example: '500' },
  'serviceProfile.logAnalytics.uniqueGives': {
    meaning: 'What `unique` gives for a group with one value.',
    example: 'scalar',
  },
  'serviceProfile.logAnalytics.textMinMax': {
    meaning: 'Whether `min` and `max` take text or times.',
    example: 'true',
  },
  'serviceProfile.logAnalytics.exportShape': { meaning: 'Form of an export as JSON.', example: 'array' },
  'serviceProfile.logAnalytics.pageHeader': {
    meaning: 'The header that names the next page.',
    example: 'opc-next-page',
  },
  'serviceProfile.logAnalytics.asyncStatus': {
    meaning: 'Status of the answer that accepts an asynchronous query.',
    example: '201',
  },
  'serviceProfile.logAnalytics.columns': {
    meaning: 'Display names of the columns that exist.',
    example: "['Log Source']",
  },
};

/** Where an adapter of OCI connects to; whatever stands before. */
const anywhere: Meanings = {
  region: {
    meaning: 'Region, by name or key.',
    example: 'us-ashburn-1',
    default: 'the region of the credentials',
  },
  endpoint: {
    meaning: 'Address of the service, for private endpoints and other realms.',
    example: 'https://objectstorage.us-ashburn-1.oraclecloud.com',
    default: "the region's own",
  },
};

const meanings: Meanings = {
  ...plan,
  ...sources,
  ...judging,
  ...forward,
  ...look,
  ...archive,
  ...delivery,
  ...running,
  ...clouds,
  ...profile,
};

/**
 * What a key means.
 *
 * @param path keys with dots between them, lists left out, a type where there are several: `sources.local-files.paths`; a
 *   key that only another kind than the first has in this form begins with the kind: `database-activity/exclude`
 * @returns undefined: nobody has said so yet
 */
export function meaningOfKey(path: string): KeyMeaning | undefined {
  const last = path.slice(path.lastIndexOf('.') + 1);
  const found = candidatesOf(path).find((candidate) => Object.hasOwn(meanings, candidate));
  return found === undefined ? anywhere[last] : meanings[found];
}

/** Meanings that no key of these uses. @param paths of all keys */
export function unusedMeanings(paths: readonly string[]): readonly string[] {
  const used = new Set(paths.map((path) => candidatesOf(path).find((each) => Object.hasOwn(meanings, each))));
  return Object.keys(meanings).filter((path) => !used.has(path));
}

/** The path itself, and with `*` in place of each of its parts. */
function candidatesOf(path: string): readonly string[] {
  const parts = path.split('.');
  const starred = parts.slice(1, -1).map((_, index) => parts.with(index + 1, '*').join('.'));
  return [path, ...starred];
}
