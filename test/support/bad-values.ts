import { type BadInput, changed, configured } from './bad-input.js';

const logAnalytics = (more: string): string =>
  changed(
    '- type: local-files\n    paths: [./events]',
    `- { type: log-analytics, compartmentId: ocid1.compartment.oc1..x, ${more} }`,
  );

/** Keys and values of a configuration that cannot be used. */
const values: readonly BadInput[] = [
  {
    fault: 'a key that this version does not know',
    configuration: configured('polices: []'),
    exit: 2,
    says: 'polices: this version knows no such key (line 9)',
    todo: 'compare with docs/configuration.md; an older program does not know newer keys',
  },
  {
    fault: 'something else than a mapping of keys',
    configuration: changed('- type: local-files\n    paths: [./events]', '- 5'),
    exit: 2,
    says: 'sources[0]: must be a mapping, not a number (line 4)',
    todo: 'write `- type: …`',
  },
  {
    fault: 'a number where a text must be',
    configuration: changed('plan: daily', 'plan: 5'),
    exit: 2,
    says: 'plan: must be a text, not a number: quote it (line 1)',
    todo: 'quote it',
  },
  {
    fault: 'a key without a value, or with one that begins with #',
    configuration: configured('branding: { company: ACME, accent: }'),
    exit: 2,
    says: 'branding.accent: must be a text, but nothing is there (what follows # is a comment) (line 9)',
    todo: 'give the value, in quotes; or remove the key',
  },
  {
    fault: 'a key that must be there and is not',
    configuration: changed('  directory: ./reports\n', ''),
    exit: 2,
    says: 'archive.directory: is required (a text) (line 6)',
    todo: 'add it',
  },
  {
    fault: 'a number that is too small or too large',
    configuration: configured('maxBridgeDays: 0'),
    exit: 2,
    says: 'maxBridgeDays: must be at least 1 (line 9)',
    todo: 'keep to the bound',
  },
  {
    fault: 'a fraction where a whole number must be',
    configuration: configured('maxBridgeDays: 1.5'),
    exit: 2,
    says: 'maxBridgeDays: must be a whole number (line 9)',
    todo: 'write a whole number',
  },
  {
    fault: '`yes`, `no`, `on`, `off`',
    configuration: logAnalytics('includeSubcompartments: yes'),
    exit: 2,
    says: 'sources[0].includeSubcompartments: must be true or false, not a text (yes, no, on and off are texts in YAML 1.2) (line 4)',
    todo: 'write `true` or `false`',
  },
  {
    fault: 'a port that is none',
    configuration: configured(
      'mail: { type: smtp, host: h, port: 70000, from: a@example.com, to: [b@example.com] }',
    ),
    exit: 2,
    says: 'mail.port: must be at most 65535 (line 9)',
    todo: 'write the number of the port',
  },
  {
    fault: 'a duration without a unit',
    configuration: configured('settleDelay: 6'),
    exit: 2,
    says: 'settleDelay: must be a number with ms, s, m, h or d, from 0s to 30d (line 9)',
    todo: 'write `6h`',
  },
  {
    fault: 'a duration beyond its bounds',
    configuration: configured('schedule: { gracePeriod: 30d }'),
    exit: 2,
    says: 'schedule.gracePeriod: must be from 0s to 24h (line 9)',
    todo: 'keep to the bounds',
  },
  {
    fault: 'an unknown type',
    configuration: changed('local-files', 'tape'),
    exit: 2,
    says: 'sources[0].type: must be one of local-files, log-analytics, object-storage, streaming, oci-audit, logging-search, azure-monitor, data-safe, module (line 4)',
    todo: 'choose one',
  },
  {
    fault: 'a misspelt word',
    configuration: configured(
      'channels:',
      '  - { type: webhook, name: chat, url: "https://x.example", when: troubel }',
    ),
    exit: 2,
    says: 'channels[0].when: must be one of always, trouble; is it trouble? (line 10)',
    todo: 'choose one',
  },
  {
    fault: 'an unknown time zone',
    configuration: changed('UTC', 'Mars/Olympus'),
    exit: 2,
    says: 'timezone: must be an IANA time zone such as America/New_York (line 2)',
    todo: 'write it as in the IANA list',
  },
  {
    fault: 'a date that no calendar has',
    configuration: configured(
      'waivers:',
      '  - { match: { name: a }, reason: r, approvedBy: ciso@example.com, expires: 2026-02-30 }',
    ),
    exit: 2,
    says: 'waivers[0].expires: must be a date such as 2026-12-31 (line 10)',
    todo: 'write a date of the calendar',
  },
  {
    fault: 'two of the same name',
    configuration: configured('policies:', '  - { name: all }', '  - { name: all }'),
    exit: 2,
    says: 'policies[1].name: all is there already (line 11)',
    todo: 'give each its own name',
  },
  {
    fault: 'very many faults',
    configuration: configured(...Array.from({ length: 10_000 }, (_, index) => `key${index}: 1`)),
    exit: 2,
    says: 'has 10000 faults:…key49: this version knows no such key (line 58)…and 9950 more',
    todo: 'mend the first; is it the right file?',
    isSlow: true,
  },
  {
    fault: 'a cron expression that is none',
    args: ['schedule'],
    configuration: configured('schedule: { cron: "99 * * * *" }'),
    exit: 2,
    says: "schedule.cron: '99 * * * *' is not a cron expression…Write minute, hour, day of the month, month, day of the week",
    todo: 'write five fields, such as `0 6 * * *`',
  },
];

/** `${…}` that leads nowhere. */
const references: readonly BadInput[] = [
  {
    fault: 'an environment variable that is not set',
    configuration: changed('plan: daily', 'plan: ${NO_SUCH_VARIABLE_HERE}'),
    exit: 2,
    says: 'plan: the environment variable NO_SUCH_VARIABLE_HERE is not set (line 1)',
    todo: 'set it where the command runs: a schedule or a container has its own environment',
  },
  {
    fault: '`${env:NAME}`',
    configuration: changed('plan: daily', 'plan: ${env:PLAN}'),
    exit: 2,
    says: 'plan: ${env:PLAN} is not a reference: write ${PLAN} (line 1)',
    todo: 'write `${NAME}`',
  },
  {
    fault: '`${file:…}` of a file that cannot be read',
    configuration: changed('plan: daily', 'plan: ${file:./none.txt}'),
    exit: 2,
    says: 'plan: cannot read ./none.txt: it does not exist (ENOENT) (line 1)',
    todo: 'paths are relative to the folder of the configuration',
  },
  {
    fault: 'another `${` in a value',
    configuration: changed('plan: daily', 'plan: "a${b"'),
    exit: 2,
    says: 'plan: has a ${ that is not closed: write ${NAME} for an environment variable, ${file:PATH} for what is in a file, ${vault:OCID} for a secret of OCI Vault (line 1)',
    todo: 'put a value with `${` into a file or a variable',
  },
  {
    fault: 'credentials of the mail that are not there: `doctor` checks everything else',
    args: ['doctor'],
    configuration: configured(
      'mail: { type: smtp, host: h, username: u, password: "${NO_PASSWORD}", from: a@example.com, to: [b@example.com] }',
    ),
    exit: 2,
    says: 'without mail…archive…mail.password: the environment variable NO_PASSWORD is not set (line 9)',
    todo: 'set it for `doctor`, too',
    isWritten: true,
    isSlow: true,
  },
];

export const badValues: readonly BadInput[] = [...values, ...references];
