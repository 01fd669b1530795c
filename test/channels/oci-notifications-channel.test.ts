import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOciNotificationsChannel } from '../../src/channels/oci-notifications-channel.js';
import { loadConfiguration } from '../../src/config/load.js';
import { deliverReport } from '../../src/day/delivery/deliver-report.js';
import type { Channel } from '../../src/ports/delivery.js';
import { wirePlan } from '../../src/wiring/wire-plan.js';
import { commitDay, plainMailRenderer } from '../support/committed-day.js';
import { deliveredKind } from '../support/delivered-kind.js';
import { english } from '../support/judge-day.js';
import { createMemoryArchive } from '../support/memory-archive.js';
import { connectTo, memoryLog, quickHttp } from '../support/oci-connection.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';
import { failedResource, reportOf, sampleResource } from '../support/sample-report.js';
import { sleeplessClock } from '../support/sleepless-clock.js';
import { sampleNotice } from '../support/sample-notice.js';
import { themeHere } from '../support/theme-here.js';

const topicId = 'ocid1.onstopic.oc1.iad.reports';

describe('a topic of OCI Notifications', () => {
  let standIn: StandIn;
  let channel: Channel;

  beforeAll(async () => {
    standIn = await startStandIn();
    standIn.notifications.createTopic(topicId);
  });

  afterAll(() => standIn.close());

  beforeEach(async () => {
    standIn.notifications.published.length = 0;
    channel = await channelTo(topicId);
  });

  async function channelTo(topic: string, when: Channel['when'] = 'always'): Promise<Channel> {
    const options = { name: 'topic', when, topicId: topic, endpoint: standIn.url } as const;
    return createOciNotificationsChannel(await connectTo(standIn), options, quickHttp);
  }

  it('gets a message that is signed, its title in the body too', async () => {
    const notice = sampleNotice();
    await channel.notify(notice);

    expect(standIn.notifications.published).toEqual([
      { topicId, title: notice.title, body: `${notice.title}\n\n${notice.text}\n\n${notice.location}` },
    ]);
    expect(standIn.requests.at(-1)?.headers['authorization']).toMatch(/^Signature /);
  });

  it('is what the configuration names, in a plan that uses nothing else of OCI', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'notifications-'));
    try {
      await standIn.writeConfigFile(directory);
      const configuration = `plan: daily
timezone: UTC
sources: [{ type: local-files, paths: [./events/*] }]
archive: { type: file-system, directory: ./reports }
auth: { type: config-file, file: ./config }
channels:
  - { type: oci-notifications, name: topic, when: trouble, topicId: ${topicId}, endpoint: "${standIn.url}" }
`;
      await writeFile(join(directory, 'plan.yaml'), configuration);
      const { ports } = await wirePlan(
        await loadConfiguration(join(directory, 'plan.yaml')),
        memoryLog(),
        themeHere,
      );
      await ports.channels[0]?.notify(sampleNotice());

      expect(ports.channels).toMatchObject([{ name: 'topic', type: 'oci-notifications', when: 'trouble' }]);
      expect(standIn.notifications.published).toHaveLength(1);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('that is only for trouble is told of it, and once that all is clear: in the body, too, which SMS and chat show alone', async () => {
    const archive = createMemoryArchive();
    const clock = sleeplessClock(Date.parse('2026-11-20T06:00:00.000Z'));
    const topic = await channelTo(topicId, 'trouble');
    const log = { info: () => undefined, warn: () => undefined };
    const plan = { name: 'daily-backup', kind: deliveredKind(), language: english, mail: null };
    const kinds: unknown[] = [];
    for (const [day, resource] of [
      ['19', failedResource()],
      ['20', sampleResource()],
      ['21', sampleResource()],
    ] as const) {
      const sample = reportOf([resource]);
      const report = { ...sample, reportDay: { ...sample.reportDay, date: `2026-11-${day}` } };
      const prefix = await commitDay(archive, report, { workbooks: [] });
      const delivered = { report, revision: 1, prefix, supersedes: null, workbook: null, parts: [] };
      const ports = { mailer: null, mailRenderer: plainMailRenderer, channels: [topic], archive, clock, log };
      clock.advance(1000);
      kinds.push(...(await deliverReport(plan, delivered, ports)).notices);
    }

    expect(kinds).toEqual([
      { name: 'topic', kind: 'delivered' },
      { name: 'topic', kind: 'delivered', isAllClear: true },
      { name: 'topic', kind: 'not-due' },
    ]);
    expect(standIn.notifications.published).toEqual([
      { topicId, title: 'whole r1', body: expect.stringMatching(/^whole r1\n\n/) },
      {
        topicId,
        title: 'All clear: whole r1',
        body: expect.stringMatching(
          /^All clear: whole r1\n\nTrouble had been reported for 2026-11-19 \(revision 1\)\. It stands no more\.\n\n[^]*\n\n[^\n]*2026\/11\/20\/r1\/report\.html$/,
        ),
      },
    ]);
  });

  it('gets a title of one short line, and a body that the service takes, whatever the names', async () => {
    await channel.notify(
      sampleNotice({ title: 'a\r\nb\u0000'.repeat(100), text: '\u0001\u{1f4be}'.repeat(50_000) }),
    );

    const [{ title = '', body } = { body: '' }] = standIn.notifications.published;
    expect(title.length).toBeLessThanOrEqual(100);
    expect(title).not.toMatch(/\p{Cc}/u);
    expect(body.length).toBeGreaterThan(5000);
  });

  it.each([429, 500, 503] as const)('is tried again after %i', async (status) => {
    standIn.faults.next('POST /20181201', { status });
    await channel.notify(sampleNotice());

    expect(standIn.notifications.published).toHaveLength(1);
  });

  it('that may not be used is a failure with the request id', async () => {
    const other = await channelTo('ocid1.onstopic.oc1.iad.other');

    await expect(other.notify(sampleNotice())).rejects.toMatchObject({
      kind: 'delivery',
      retryable: false,
      message: expect.stringMatching(/^channel topic: .*publishMessage answered 404.*opc-request-id/),
      hints: [expect.stringContaining('policy')],
    });
  });
});
