import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TimeWindow } from '../../src/model/report-day.js';
import { packageRoot } from '../../src/package-root.js';
import { type KindOnTrial, kindContract } from '../../src/testing/kind-contract.js';
import { kindCode } from '../support/own-kind.js';

/* The contract of kinds over the one of examples/own-modules, and over copies that break it. */

let folder: string;
let serial = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kind-contract-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const records = ({ fromMs }: TimeWindow, number: number) =>
  Array.from({ length: number }, (_, index) => ({
    job: `job ${index}`,
    time: new Date(fromMs + index * 60_000).toISOString(),
    ok: index % 3 !== 0,
  }));

/** @param wrong what of the code of the example is another */
async function onTrial(wrong: readonly [string, string] = ['', '']): Promise<KindOnTrial> {
  const code = kindCode(await readFile(new URL('examples/own-modules/our-kind.mjs', packageRoot), 'utf8'));
  expect(code).toContain(wrong[0]);
  const path = join(folder, `kind-${(serial += 1)}.mjs`);
  await writeFile(path, code.replace(...wrong));
  const { kind } = await import(pathToFileURL(path).href);
  const { kind: reports } = await kind.wire();
  return { kind, reports, records };
}

/** Names of the cases that fail. */
async function failing(wrong?: readonly [string, string]): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { name, run } of kindContract(() => onTrial(wrong))) {
    await run().catch(() => failed.push(name));
  }
  return failed;
}

describe('the contract of a kind of report', () => {
  it('is kept by the example', async () => {
    for (const { run } of kindContract(onTrial)) await run();
    expect(await failing()).toEqual([]);
  });

  it.each([
    [
      'uses each record of the day once',
      "if (runs.has(keyOf(run))) return said('duplicate');",
      'runs.delete(keyOf(run));',
    ],
    ['leaves records of other days outside', "return said('outside')", "return said('used')"],
    [
      'uses nothing of what it does not understand, and goes on',
      "return said('rejected', 'it is no run of a job')",
      "return said('used')",
    ],
    ['is INCOMPLETE where a source was not read to its end', 'unreadReasons(day, language)', '[]'],
    ['is INCOMPLETE where the report of the day before could not be used', 'recalled.faults', '[]'],
    [
      'is INCOMPLETE before the day is over',
      'tolerateRejected, isDayOver };',
      'tolerateRejected, isDayOver: true };',
    ],
    ['says the same when it is read back', 'return report.kind === name ? report : null;', 'return null;'],
    ['says the same when it is made again, in whatever order records come', '? -1 : 1)),', '? 0 : 0)),'],
    [
      'says something else of other records',
      'status, totals]));',
      'status]));\n  return hash.digest("hex");',
    ],
  ])('shows that a kind does not hold: %s', async (name, right, wrong) => {
    expect(await failing([right, wrong])).toContain(name);
  });
});
