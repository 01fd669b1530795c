/*
 * npm run bench [-- --only events] [--events 10000] [--days 20 --resources 48] [--turns 3]: measures parts and writes
 * results.json and RESULTS.md. With other sizes or turns than the standard ones it only prints.
 */
import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { standardParts } from './parts/all-parts.js';
import { backfillPart } from './parts/backfill.js';
import { eventsPart } from './parts/events.js';
import type { Part } from './part.js';
import { projectRoot } from './paths.js';
import { readResults, writeResults } from './results.js';
import { digestOfRooms } from './rooms.js';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { only: text, events: text, days: text, resources: text, turns: text },
});
const turns = values.turns === undefined ? 3 : Number(values.turns);
const own = ownParts();
const isTrial = own.length > 0 || turns !== 3;
const only = values.only?.split(',') ?? [];
const wanted = (own.length > 0 ? own : standardParts(turns)).filter(
  ({ name }) => only.length === 0 || only.some((each) => name === each || name.startsWith(`${each}-`)),
);
if (wanted.length === 0) throw new Error(`no part is called ${values.only}`);
const folder = join(projectRoot, 'bench');
for (const part of wanted) {
  const { title, rooms } = part;
  const digest = await digestOfRooms(projectRoot, rooms);
  const { text: measured, figures } = await part.measure();
  process.stdout.write(`## ${title}\n\n${measured}\n\n`);
  if (isTrial) continue;
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.version}`;
  const kept = { title, date, commit: commitHere(), machine, digest, text: measured, figures };
  await writeResults(folder, { ...(await readResults(folder)), [part.name]: kept }, standardParts());
}

function ownParts(): readonly Part[] {
  const events = (values.events?.split(',') ?? []).map((each) => eventsPart(Number(each), turns));
  if (values.days === undefined) return events;
  const size = { resources: Number(values.resources ?? 48), days: Number(values.days) };
  return [...events, backfillPart(size, turns)];
}

function commitHere(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectRoot, encoding: 'utf8' }).trim();
}
