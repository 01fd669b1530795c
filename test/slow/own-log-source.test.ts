import { gunzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ownLogSource } from '../../src/records/envelopes/log-analytics-fields.js';
import { logContentZip } from '../support/deploy/log-content.js';
import { type ReadLogContent, readLogContent, rowOf } from '../support/deploy/log-content-reader.js';
import { OciProject, logSource } from '../support/oci-project.js';
import { type RawEvent, databaseEvent } from '../support/raw-event.js';

let content: ReadLogContent;
let made: OciProject;

beforeAll(async () => {
  content = await readLogContent((await logContentZip()).bytes);
});
afterEach(() => made.remove());

const database = (name: string): Record<string, string> => ({
  databaseId: `ocid1.database.oc1.iad.${name}`,
  dbUniqueName: `${name}_iad`,
});

/** Backups at the edges of the day and in it, one that failed, one that still runs. */
const events: readonly RawEvent[] = [
  ['first', 'end', '2026-11-19T00:00:00.000Z'],
  ['last', 'end', '2026-11-19T23:59:59.999Z'],
  ['tomorrow', 'end', '2026-11-20T00:00:00.000Z'],
  ['running', 'begin', '2026-11-19T23:50:00Z'],
  ['failed', 'end', '2026-11-19T03:00:00Z'],
].map(([name = '', phase, time = '']) =>
  databaseEvent(phase as 'begin' | 'end', time, {
    id: `event-${name}`,
    resourceId: `ocid1.dbbackup.oc1.iad.${name}`,
    details: {
      ...database(name),
      ...(name === 'failed' && { lifecycleState: 'FAILED', lifecycleDetails: 'no space left' }),
    },
  }),
);

/** @param hasContent whether records come with their original content; without it, the columns must do */
async function jobsOf(source: string, more: string, hasContent: boolean): Promise<unknown> {
  made = await OciProject.create();
  const { logs } = made.standIn;
  const isOwn = source === ownLogSource;
  if (isOwn) for (const name of content.madeFields.keys()) logs.customFields.add(name);
  for (const event of events) {
    const eventMs = Date.parse(String(event['eventTime']));
    logs.add({
      source,
      // The public parser leaves the time of the record to the service: when it came.
      timeMs: isOwn ? eventMs : eventMs + 40 * 60_000,
      event,
      ...(isOwn && { columns: rowOf(content, event) }),
      ...(!hasContent && { originalText: '' }),
    });
  }
  const settings = made.configuration({ sources: made.logAnalytics(`, logSource: ${source}${more}`) });
  await made.project.write('backup-report.yaml', settings);
  const { code, stderr } = await made.run('2026-11-19');
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  const text = gunzipSync(made.revision('2026-11-19').get('jobs.ndjson.gz') ?? Buffer.alloc(0)).toString();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .map(({ resourceId, status }) => ({ resourceId, status }));
}

describe('a day that is read from our own log source, whose records have the time of their event', () => {
  it.each([
    ['record by record', ''],
    ['by pairs of the server', ', aggregate: server'],
  ])('has the jobs that it has from the public one, %s', async (_how, more) => {
    const own = await jobsOf(ownLogSource, more, true);
    await made.remove();
    const publicOnes = await jobsOf(logSource, '', true);
    expect(own).toEqual(publicOnes);
    expect(own).toHaveLength(4);
    expect(own).toContainEqual(expect.objectContaining({ status: 'FAILED' }));
  });

  it('has the same jobs from the columns alone', async () => {
    const own = await jobsOf(ownLogSource, '', false);
    await made.remove();
    expect(own).toEqual(await jobsOf(ownLogSource, '', true));
  });
});
