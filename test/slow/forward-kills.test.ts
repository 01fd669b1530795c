import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { forwardPlan, logId, logPlace, testEntry, type TestRecord } from '../support/forwarding.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';
import { isEverythingRun } from '../support/share-of.js';
import { createRandom } from '../../src/demo/random.js';

const run = promisify(execFile);
/** A process takes seconds on a busy machine. */
const kills = isEverythingRun ? 100 : 25;
const child = fileURLToPath(new URL('forward-child.js', import.meta.url));
const minuteMs = 60_000;
const startMs = Date.parse('2026-11-19T00:00:00Z');

/** One a minute, of which every seventh is collected an hour late. */
const records = Array.from({ length: 400 }, (_, index): TestRecord => {
  const collectedMs = startMs + index * minuteMs;
  const time = new Date(collectedMs - (index % 7 === 0 ? 60 * minuteMs : 1000)).toISOString();
  return { id: `event-${index}`, time, collected: new Date(collectedMs).toISOString() };
});

let directory: string;
let standIn: StandIn;
let credentials: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'forward-'));
  standIn = await startStandIn();
  standIn.customLogs.create(logPlace);
  credentials = await standIn.writeConfigFile(directory);
});
afterAll(async () => {
  await standIn.close();
  await rm(directory, { recursive: true });
});

interface Ended {
  readonly batches: number;
  readonly unavailable: unknown;
}

/** null: it was killed. */
async function forward(given: readonly TestRecord[], nowMs: number, killAt = 0): Promise<Ended | null> {
  const argv = [
    child,
    join(directory, 'archive'),
    standIn.url,
    credentials,
    JSON.stringify(given),
    String(nowMs),
  ];
  try {
    const { stdout } = await run(process.execPath, argv, {
      env: { ...process.env, KILL_AT: String(killAt) },
    });
    return JSON.parse(stdout) as Ended;
  } catch (error) {
    if ((error as { signal?: unknown }).signal === 'SIGKILL') return null;
    throw error;
  }
}

async function journalNames(): Promise<readonly string[]> {
  const archive = createFileSystemArchive(join(directory, 'archive'));
  return (await archive.list(`${forwardPlan.name}/forward/`)).map(({ key }) => key);
}

async function journalFiles(ending: string): Promise<Record<string, string[]>[]> {
  const archive = createFileSystemArchive(join(directory, 'archive'));
  const keys = (await journalNames()).filter((key) => key.endsWith(ending));
  return Promise.all(
    keys.map(
      async (key) =>
        JSON.parse(Buffer.from((await archive.read(key)) ?? []).toString()) as Record<string, string[]>,
    ),
  );
}

describe(`forward, killed at ${kills} random points`, () => {
  it('has every record in the log, though it refuses at times; what is there twice was sent again after a kill, and is named', async () => {
    const random = createRandom(17);
    let killed = 0;
    for (let hour = 1; killed < kills; hour += 1) {
      // Each hour more is collected; at the end nothing is new, and the kills go on.
      const nowMs = startMs + hour * 20 * minuteMs;
      const given = records.filter(({ collected }) => Date.parse(collected) <= nowMs);
      for (let attempt = 0; attempt < 6 && killed < kills; attempt += 1) {
        // At times the log refuses everything: what it certainly did not take is sent again without a doubt.
        standIn.faults.clear();
        if (random() < 0.3) standIn.faults.next('/actions/push', { status: 404 });
        if ((await forward(given, nowMs, 1 + Math.floor(random() * 16))) !== null) break;
        killed += 1;
      }
      expect(hour).toBeLessThan(200);
    }
    standIn.faults.clear();
    const last = await forward(records, startMs + 1000 * minuteMs);
    expect(last?.unavailable).toBeNull();
    const counts = new Map<string, number>();
    for (const { id } of standIn.customLogs.entriesOf(logId)) counts.set(id, (counts.get(id) ?? 0) + 1);
    expect(records.filter((each) => !counts.has(testEntry(each).id))).toEqual([]);
    expect(counts.size).toBe(records.length);

    const acknowledged = await journalFiles('.json');
    const named = new Set(acknowledged.flatMap((each) => each['possiblyTwice'] ?? []));
    const twice = [...counts].flatMap(([id, count]) => (count > 1 ? [id] : []));
    expect(twice.filter((id) => !named.has(id))).toEqual([]);
    expect(twice.length).toBeGreaterThan(0);
    // A batch is sent again only where a run was killed at it.
    expect(named.size).toBeLessThan(records.length);
    expect(acknowledged.flatMap((each) => each['unknown'] ?? [])).toEqual([]);
    expect((await journalNames()).filter((name) => name.includes('.untaken-'))).not.toEqual([]);
  });
});
