import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hourMs, minuteMs, secondMs } from '../../src/base/time-units.js';
import { loadConfiguration } from '../../src/config/load.js';
import { defaultPassDeadlineMs } from '../../src/schedule/pass-deadline.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'config-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function deadlinesOf(source: string, schedule: string): Promise<readonly (number | undefined)[]> {
  const path = join(directory, 'c.yaml');
  await writeFile(
    path,
    `plan: daily\ntimezone: UTC\nsources: [{ ${source} }]\narchive: { type: file-system, directory: ./r }\nschedule: { ${schedule} }\n`,
  );
  const { sources, schedule: read } = (await loadConfiguration(path)).configuration;
  return [sources[0]?.deadline, read.passDeadline];
}

const files = 'type: local-files, paths: [a]';

describe('deadlines', () => {
  it.each([
    files,
    'type: log-analytics, compartmentId: ocid1.compartment.oc1..x',
    'type: object-storage, bucket: events',
    'type: streaming, streamId: ocid1.stream.oc1..x',
    'type: oci-audit',
    'type: logging-search',
    'type: data-safe, compartmentId: ocid1.compartment.oc1..x',
  ])('can be set for every source: %s', async (source) => {
    expect(await deadlinesOf(`${source}, deadline: 90m`, 'passDeadline: 2h')).toEqual([
      90 * minuteMs,
      2 * hourMs,
    ]);
  });

  it('are by default those of a reading and of a pass', async () => {
    expect(await deadlinesOf(files, '')).toEqual([undefined, defaultPassDeadlineMs]);
  });

  it.each([
    ['1s', secondMs],
    ['1d', 24 * hourMs],
  ])('may be %s', async (text, ms) => {
    expect(await deadlinesOf(`${files}, deadline: ${text}`, `passDeadline: ${text}`)).toEqual([ms, ms]);
  });

  it.each(['0s', '999ms', '25h', '30d', '99999999999999999999d'])('may not be %s', async (text) => {
    await expect(deadlinesOf(`${files}, deadline: ${text}`, '')).rejects.toThrow(
      /sources\[0\]\.deadline.*must be from 1s to 1d/,
    );
    await expect(deadlinesOf(files, `passDeadline: ${text}`)).rejects.toThrow(
      /schedule\.passDeadline.*must be from 1s to 1d/,
    );
  });
});
