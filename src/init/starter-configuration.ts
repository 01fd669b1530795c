import { firstKind } from '../model/kind-of-report.js';
import { type StarterKind, starterKindOf } from './starter-kinds.js';
import { type StarterSource, sourcesSection } from './starter-sources.js';
import { quotedScalar, scalar } from './yaml-scalars.js';

/** The answers of a new user. */
export interface StarterAnswers {
  /** The kind of report. */
  readonly report: string;
  /** [a-z0-9-] */
  readonly plan: string;
  /** IANA */
  readonly timezone: string;
  readonly source: StarterSource;
  /** Relative to the configuration. */
  readonly archiveDirectory: string;
  /** null: no mail */
  readonly mail: { readonly from: string; readonly to: readonly string[] } | null;
}

/** What is set on the command line. */
export interface StarterTheme {
  readonly language: string | null;
  /** Relative to the configuration. */
  readonly templates: string | null;
}

/**
 * A configuration to start from, valid as written. It has every key: optional ones as `#key: value`, so that removing
 * the # is enough. Comments for a person are written as `# Words`.
 */
export function starterConfiguration(answers: StarterAnswers, theme: StarterTheme): string {
  const kind = starterKindOf(answers.report);
  return [
    planSection(answers, kind),
    sourcesSection(answers.source, kind.logSource),
    ...kind.own.judging,
    themeSection(theme),
    archiveSection(answers, kind),
    mailSection(answers.mail, kind),
    scheduleSection(kind),
    ociSection(answers.source),
  ].join('\n');
}

function planSection(answers: StarterAnswers, { report, own }: StarterKind): string {
  return `# A report plan of backup-report. Relative paths are relative to this file; an unknown key is an error.
# A line that begins with # and no blank after it is optional: remove the # to use it.
# \${VAR} in any text is the value of that environment variable, \${file:PATH} the content of a file.

plan: ${scalar(answers.plan)} # a-z, 0-9 and -; names the folder in the archive
#renamedFrom: nightly-backup # the name that the plan had before (docs/upgrade.md)
${report === firstKind ? '#' : ''}report: ${report} # the kind of report; one a plan, for good (docs/operations.md)
#kinds: [] # modules with kinds of report of your own: [./our-kind.mjs] (docs/own-modules.md)
timezone: ${scalar(answers.timezone)} # IANA; a report day runs from midnight to midnight here
#settleDelay: 6h # 390m with a source of Azure; how long a scheduled run waits for late events, and how far a report looks ahead for what was running
${linesOf(own.lookback)}#maxBridgeDays: 35 # how many days without a report the next one reads
#tolerateRejected: 0 # unreadable records that do not make the report INCOMPLETE
#serviceProfile: {} # what doctor --probe-service found out; it only saves calls
`;
}

function themeSection(theme: StarterTheme): string {
  return `# How reports look and speak (docs/templates.md).
${setOrOptional('language', theme.language, 'en', 'en, de, or a folder of messages/ in your templates')}
${setOrOptional('templates', theme.templates, './templates', 'files in it take precedence over those that ship with the tool')}
#branding:
#  company: Example Corporation
#  logo: ./logo.png # .png, .jpg or .svg, at most 64 KiB
#  accent: '#c74634' # of headings and lines; never of a verdict
#  footer: Internal
#consoleUrl: https://cloud.oracle.com # where links to resources lead; default: the console of each one's realm; or none
#publicUrl: https://reports.example.com # where a browser finds the archive: links in place of paths
#page: # how much report.html shows
#  exceptions: 200
`;
}

function setOrOptional(key: string, value: string | null, example: string, comment: string): string {
  return `${value === null ? '#' : ''}${key}: ${scalar(value ?? example)} # ${comment}`;
}

function archiveSection({ archiveDirectory }: StarterAnswers, { own }: StarterKind): string {
  return `archive:
  type: file-system # or object-storage (docs/oci.md)
  directory: ${scalar(archiveDirectory)} # <plan>/2026/11/19/r1/…, never overwritten
#  lease: 30s # how long a revision without a manifest counts as being written
${linesOf(own.frameworks)}# What is archived cannot be redacted afterwards, because nothing is ever overwritten: decide before the first report.
#redact: # fields that no rule reads: principalName, ipAddress, message, tags.contact, … (docs/evidence.md)
#  - { field: principalName, by: hash } # or drop
#redactKey: '<a secret of at least 16 characters>' # of the hashes; better from the environment: \${REDACT_KEY}
`;
}

function mailSection(mail: StarterAnswers['mail'], { sender }: StarterKind): string {
  if (mail === null) {
    return `mail:
  type: none # or smtp, email-delivery (docs/operations.md), or outbox:
#  type: outbox # one .eml file for each message
#  directory: ./outbox
#  from: ${sender}@example.com
#  to: [ops@example.com]
#  attach: [xlsx]
#  maxMessageBytes: 2MiB # a larger message goes without the workbook and says where it is
#  link: { type: archive, expires: 7d } # or pre-authenticated: anyone who has the link can follow it until it expires
`;
  }
  return `mail: # or type: none; smtp, email-delivery: docs/operations.md
  type: outbox # one .eml file for each message
  directory: ./outbox
  from: ${scalar(mail.from)}
  to: [${mail.to.map(quotedScalar).join(', ')}]
#  attach: [xlsx]
#  maxMessageBytes: 2MiB # a larger message goes without the workbook and says where it is
#  link: { type: archive, expires: 7d } # or pre-authenticated: anyone who has the link can follow it until it expires
`;
}

function scheduleSection({ own }: StarterKind): string {
  return `# When \`backup-report schedule\` runs this plan (docs/operations.md).
#schedule:
#  cron: '0 6 * * *' # five fields, in the plan's zone
#  catchUpDays: 7 # days that get their report if they have none
#  reconcileDays: 3 # days that are read again at each run, for late events
#  gracePeriod: 30s # after SIGTERM, for the current stage to finish
#  retryAfter: 5m # after a failure; doubled each time, an hour at most
#  passDeadline: 6h # a pass that takes longer is given up, and /readyz is red
#periods: [month, quarter] # reports of months and quarters, when their last day has settled (docs/periods.md)
${linesOf(own.periods)}
# Who else is notified, and which monitor notices silence.
#channels:
#  - { type: webhook, name: chat, url: 'https://chat.example.com/hook', format: slack } # json, slack, teams; or oci-notifications
#heartbeat: { url: 'https://hc.example.com/ping/1234' }

# Manifests are signed, and a third party says when (RFC 3161).
#signing: { key: '\${file:./signing-key.pem}' }
#timestamp: { url: 'https://tsa.example.com/', ca: ./tsa-ca.pem }
`;
}

function ociSection({ type }: StarterAnswers['source']): string {
  const sign = type === 'local-files' ? '#' : '';
  return `${sign}auth: # how the program authenticates to OCI (docs/oci.md)
${sign}  type: config-file # session-token, api-key, instance-principal, resource-principal, oke-workload-identity
${sign}  profile: DEFAULT
#oci: # calls to OCI (docs/oci.md)
#  timeout: 90s
#  attempts: 6
#  firstDelay: 500ms
#  deadline: 10m
#vault: # where the secrets of \${vault:OCID} are, if not as each OCID says (docs/oci.md)
#  region: us-ashburn-1
#azure: # sign-in and calls to Azure, for the source azure-monitor (docs/azure.md)
#  cloud: public # usgov, china
#  signIn:
#    type: managed-identity # client-secret, workload-identity, default
`;
}

const linesOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
