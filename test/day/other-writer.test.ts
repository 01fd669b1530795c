import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/digest.js';
import { Failure } from '../../src/errors.js';
import type { EventSource } from '../../src/ports/event-source.js';
import type { Renderer } from '../../src/ports/renderer.js';
import { type JudgedReport, judge } from '../support/judge-day.js';
import { type MemoryArchive, createMemoryArchive } from '../support/memory-archive.js';
import { memorySource } from '../support/memory-source.js';
import { databaseEvent } from '../support/raw-event.js';

const date = '2026-11-19';

const backup = (name: string, state: string) =>
  databaseEvent('end', `${date}T02:00:00Z`, {
    id: name,
    resourceId: `ocid1.dbbackup.oc1.iad.${name}`,
    details: { databaseId: `ocid1.database.oc1.iad.${name}`, dbUniqueName: name, lifecycleState: state },
  });

/** An archive in which another process archives the day just before each of the first `times` claims of ours. */
function contested(times: number, overtake: (archive: MemoryArchive, time: number) => Promise<unknown>) {
  let [time, isOurs] = [0, true];
  const archive = createMemoryArchive({
    beforeCreate: async (key) => {
      if (!isOurs || time === times || !key.endsWith('/report.json')) return;
      time += 1;
      isOurs = false;
      await overtake(archive, time);
      isOurs = true;
    },
  });
  return archive;
}

const outcomesOf = ({ report }: JudgedReport) =>
  Object.fromEntries(report.resources.map(({ resourceName, outcome }) => [resourceName, outcome]));

const revisionsIn = (archive: MemoryArchive) =>
  archive.keys().filter((key) => key.endsWith('/manifest.json')).length;

it('what another process archived after the day was read is in the report that replaces it', async () => {
  const archive = contested(1, (where) => judge([backup('hr', 'FAILED')], date, { archive: where }));
  const judged = await judge([backup('crm', 'ACTIVE')], date, { archive });
  expect(outcomesOf(judged)).toEqual({ hr: 'FAILED', crm: 'SUCCEEDED' });
  expect(revisionsIn(archive)).toBe(2);
});

it('the workbook names the revision that it is archived as, whoever claims numbers meanwhile', async () => {
  // What a process leaves that died after its claim.
  const archive = contested(1, (where) =>
    where.create('test/2026/11/19/r1/report.json', { bytes: Buffer.from('{}') }, 'application/json'),
  );
  const named: string[] = [];
  const naming: Renderer = {
    name: 'report.xlsx',
    mediaType: 'text/plain',
    render: async ({ edition }, path) => {
      named.push(`${edition?.file} r${edition?.revision}`);
      await writeFile(path, `r${edition?.revision} ${edition?.contentDigest}`);
    },
  };
  const judged = await judge([backup('crm', 'ACTIVE')], date, { archive, renderers: [naming] });
  expect(named).toEqual(['report.xlsx r1', 'report.xlsx r2']);
  const manifest = JSON.parse(String(judged.files.get('manifest.json')));
  const workbook = String(judged.files.get('report.xlsx'));
  expect(workbook).toBe(`r2 ${manifest.contentDigest}`);
  const entry = manifest.artefacts.find(({ name }: { readonly name: string }) => name === 'report.xlsx');
  expect(entry.sha256).toBe(sha256Hex(Buffer.from(workbook)));
});

it('a process that archived the same is no reason to read again', async () => {
  const records = [backup('hr', 'FAILED')];
  const archive = contested(1, (where) => judge(records, date, { archive: where }));
  let readings = 0;
  const source = memorySource(records);
  const counted: EventSource = {
    ...source,
    read: (...request) => {
      readings += 1;
      return source.read(...request);
    },
  };
  await judge([], date, { archive, sources: [counted] });
  expect({ readings, revisions: revisionsIn(archive) }).toEqual({ readings: 1, revisions: 1 });
});

it('gives up where others are first each time, and writes nothing', async () => {
  const others = 5;
  const archive = contested(others, (where, time) =>
    judge([backup(`other${time}`, 'FAILED')], date, { archive: where }),
  );
  const judging = judge([backup('crm', 'ACTIVE')], date, { archive });
  await expect(judging).rejects.toThrow(Failure);
  await expect(judging).rejects.toThrow('the report of 2026-11-19 was not archived');
  expect(revisionsIn(archive)).toBe(others);
});
