import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { backupComplianceKeys } from '../../src/config/backup-compliance-schema.js';
import { keysOfPlan, kindsOfPlans } from '../../src/config/kinds-of-plans.js';
import { configurationSchemaOf } from '../../src/config/schema.js';
import { issueWords } from '../../src/files/issue-words.js';
import { packageRoot } from '../../src/package-root.js';

const plan = {
  plan: 'daily',
  timezone: 'UTC',
  sources: [{ type: 'local-files', paths: ['events'] }],
  archive: { type: 'file-system', directory: 'reports' },
};
const place = { region: 'us-ashburn-1' };
const bucket = { ...place, bucket: 'b' };
const compartmentId = 'ocid1.compartment.oc1..x';
const people = { from: 'a@example.com', to: ['b@example.com'] };
const outbox = { type: 'outbox', directory: 'o', ...people };
const smtp = { type: 'smtp', host: 'h', ...people };

type Wrap = (duration: object) => object;
const inPolicy: Wrap = (duration) => ({ policies: [{ name: 'all', ...duration }] });
const inSource =
  (source: object): Wrap =>
  (duration) => ({ sources: [{ ...source, ...duration }] });
const logAnalytics = inSource({ type: 'log-analytics', ...place, compartmentId, logSource: 'any' });
const dataSafe = inSource({ type: 'data-safe', ...place, compartmentId: 'ocid1.compartment.oc1..x' });
const logId = 'ocid1.log.oc1..x';
const inReadBack: Wrap = (duration) => ({
  report: 'database-activity',
  forward: {
    logId,
    readBack: { compartmentId: 'ocid1.compartment.oc1..x', logGroupId: 'ocid1.loggroup.oc1..x', ...duration },
  },
});
const streaming = inSource({ type: 'streaming', ...place, streamId: 'ocid1.stream.oc1..x' });
const inSmtp: Wrap = (duration) => ({ mail: { ...smtp, ...duration } });
const inOci: Wrap = (oci) => ({ oci });
const azure = { signIn: { type: 'default' } };
const workspaces = ['00000000-0000-4000-8000-000000000001'];
const inAzure: Wrap = (calls) => ({ azure: { ...azure, ...calls } });
const azureMonitor: Wrap = (duration) => ({
  azure,
  ...inSource({ type: 'azure-monitor', workspaces })(duration),
});

/** Every duration of the configuration: where it stands, the least, the most, one below and one above. */
const durations: readonly (readonly [string, string, string, string | null, string, Wrap])[] = [
  ['settleDelay', '0s', '30d', null, '31d', (all) => all],
  ['maxAge', '1m', '3660d', '59s', '3661d', inPolicy],
  ['maxDuration', '1s', '366d', '999ms', '367d', inPolicy],
  ['minRetention', '1h', '36500d', '59m', '36501d', inPolicy],
  ['maxRestoreAge', '1h', '3660d', '59m', '3661d', inPolicy],
  ['lease', '0s', '24h', null, '25h', (lease) => ({ archive: { ...plan.archive, ...lease } })],
  [
    'lease',
    '0s',
    '24h',
    null,
    '2d',
    (lease) => ({ archive: { type: 'object-storage', ...bucket, ...lease } }),
  ],
  ['ingestionDelay', '0s', '30d', null, '721h', logAnalytics],
  ['pollInterval', '1ms', '1m', '0ms', '61s', logAnalytics],
  ['margin', '0s', '36500d', null, '36501d', inSource({ type: 'object-storage', ...bucket })],
  ['ingestionDelay', '0s', '30d', null, '31d', streaming],
  ['ingestionDelay', '0s', '30d', null, '31d', inSource({ type: 'oci-audit' })],
  ['ingestionDelay', '0s', '30d', null, '31d', inSource({ type: 'logging-search' })],
  [
    'overlap',
    '0s',
    '30d',
    null,
    '31d',
    (overlap) => ({ report: 'database-activity', forward: { logId, ...overlap } }),
  ],
  ['searchableAfter', '0s', '7d', null, '8d', inReadBack],
  ['trailsTimeout', '1s', '30m', '999ms', '31m', dataSafe],
  ['expires', '1m', '3660d', '59s', '3661d', (link) => ({ mail: { ...outbox, link } })],
  ['connectionTimeout', '100ms', '1h', '99ms', '61m', inSmtp],
  ['greetingTimeout', '100ms', '1h', '0s', '25d', inSmtp],
  ['socketTimeout', '100ms', '1h', '0s', '2d', inSmtp],
  ['deadline', '0s', '24h', null, '25h', inSmtp],
  ['firstDelay', '1ms', '10m', '0s', '11m', inSmtp],
  [
    'timeout',
    '100ms',
    '1h',
    '0s',
    '61m',
    (timeout) => ({ channels: [{ type: 'webhook', name: 'c', url: 'https://x.example', ...timeout }] }),
  ],
  [
    'timeout',
    '100ms',
    '1h',
    '0s',
    '61m',
    (timeout) => ({ channels: [{ type: 'module', name: 'c', module: './c.mjs', ...timeout }] }),
  ],
  [
    'timeout',
    '100ms',
    '1h',
    '0s',
    '61m',
    (timeout) => ({ heartbeat: { url: 'https://x.example', ...timeout } }),
  ],
  [
    'timeout',
    '100ms',
    '1h',
    '0s',
    '61m',
    (timeout) => ({ timestamp: { url: 'https://x.example', ca: 'a', ...timeout } }),
  ],
  ['timeout', '100ms', '1h', '1ms', '61m', inOci],
  ['firstDelay', '1ms', '10m', '0s', '601s', inOci],
  ['deadline', '0s', '24h', null, '99999999999999999999d', inOci],
  ['longestJob', '1h', '30d', '59m', '721h', azureMonitor],
  ['ingestionDelay', '0s', '30d', null, '31d', azureMonitor],
  ['timeout', '1s', '10m', '999ms', '601s', inAzure],
  ['firstDelay', '1ms', '10m', '0s', '11m', inAzure],
  ['deadline', '0s', '24h', null, '25h', inAzure],
  ['gracePeriod', '0s', '24h', null, '30d', (schedule) => ({ schedule })],
  ['retryAfter', '1s', '1h', '0s', '3601s', (schedule) => ({ schedule })],
  ['passDeadline', '1s', '1d', '999ms', '25h', (schedule) => ({ schedule })],
  ['deadline', '1s', '1d', '999ms', '25h', inSource({ type: 'local-files', paths: ['events'] })],
];

function faultsOf(more: object): readonly string[] {
  const schema = configurationSchemaOf(keysOfPlan(more, kindsOfPlans) ?? backupComplianceKeys);
  const parsed = schema.safeParse({ ...plan, ...more }, { error: issueWords });
  return (parsed.error?.issues ?? []).map(({ path, message }) => `${String(path.at(-1))}: ${message}`);
}

describe('a duration of the configuration', () => {
  it.each(durations)('%s is from %s to %s (not %s, not %s)', (key, least, most, below, above, wrap) => {
    const beyond = `${key}: must be from ${least} to ${most}`;
    const noDuration = `${key}: must be a number with ms, s, m, h or d, from ${least} to ${most}`;
    expect(faultsOf(wrap({ [key]: least }))).toEqual([]);
    expect(faultsOf(wrap({ [key]: most }))).toEqual([]);
    for (const each of [below ?? above, above]) expect(faultsOf(wrap({ [key]: each }))).toEqual([beyond]);
    for (const none of ['6', '-1s', '1.5h', 'PT6H', '6 h', '', 6, null, ['6h'], true]) {
      expect(faultsOf(wrap({ [key]: none }))).toEqual([noDuration]);
    }
  });

  it('is in the table above, wherever one is', async () => {
    const folder = new URL('src/config/', packageRoot);
    const names = (await readdir(folder)).filter((name) => name !== 'values.ts');
    const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
    const places = texts.join('').match(/: durationBetween\(/g) ?? [];
    expect(durations.length).toBe(places.length);
  });
});
