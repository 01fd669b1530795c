/*
 * Draws the rooms of src/ and the imports between them, from the top of the house to its ground. Fails where a room
 * imports one above it, or where docs/architecture.md shows another drawing.
 *
 *   npm run imports               checks the rules of .dependency-cruiser.cjs and draws
 *   npm run imports -- --write    writes the drawing into docs/architecture.md
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = fileURLToPath(new URL('docs/architecture.md', `file://${root}`));
const [begin, end] = ['<!-- rooms -->\n', '\n<!-- /rooms -->'];

const uses = importsBetweenRooms();
const drawing = draw(fromTopToGround(uses), uses);
process.stdout.write(`${drawing}\n`);

const text = readFileSync(page, 'utf8');
const [before = '', rest = ''] = text.split(begin);
const after = rest.slice(rest.indexOf(end));
const wanted = `${before}${begin}\n\`\`\`text\n${drawing}\n\`\`\`\n${after}`;
if (process.argv.includes('--write')) writeFileSync(page, wanted);
else if (text !== wanted) fail('docs/architecture.md shows other rooms: run `npm run imports -- --write`');

/** Of each room those that it imports from. */
function importsBetweenRooms() {
  const cruiser = `${root}node_modules/dependency-cruiser/bin/dependency-cruise.mjs`;
  const options = [
    '--config',
    '.dependency-cruiser.cjs',
    '--include-only',
    '^src',
    '--output-type',
    'json',
    'src',
  ];
  const answer = execFileSync(process.execPath, [cruiser, ...options], { cwd: root, maxBuffer: 2 ** 29 });
  const rooms = new Map();
  for (const { source, dependencies } of JSON.parse(answer.toString()).modules) {
    const room = roomOf(source);
    const used = rooms.get(room) ?? new Set();
    rooms.set(room, used);
    for (const { resolved } of dependencies) if (roomOf(resolved) !== room) used.add(roomOf(resolved));
  }
  return rooms;
}

/** A folder of src/; of the folders that have rooms themselves, one of these; a file that stands alone. */
function roomOf(path) {
  const [first, second, third, ...deeper] = path.split('/').slice(1);
  if (second === undefined) return first;
  if (first === 'reports')
    return third === undefined ? 'reports' : [first, second, ...(deeper.length > 0 ? [third] : [])].join('/');
  return ['day', 'renderers'].includes(first) && third !== undefined ? `${first}/${second}` : first;
}

/** Each room before those that it uses; of several that could be next, the first by name. */
function fromTopToGround(rooms) {
  const order = [];
  const left = new Set([...rooms.keys()].sort());
  while (left.size > 0) {
    const next = [...left].find(
      (room) => ![...left].some((other) => other !== room && rooms.get(other).has(room)),
    );
    if (next === undefined) fail(`rooms import each other in a circle: ${[...left].join(', ')}`);
    left.delete(next);
    order.push(next);
  }
  return order;
}

/** An import that others imply is left out: what uses day uses all that day uses. */
function draw(order, rooms) {
  const width = Math.max(...order.map((room) => room.length)) + 2;
  return order
    .map((room) => {
      const direct = [...rooms.get(room)];
      const needed = direct.filter(
        (used) => !direct.some((other) => other !== used && reaches(other, used, rooms)),
      );
      return `${room.padEnd(width)}${needed.sort().join('  ')}`.trimEnd();
    })
    .join('\n');
}

function reaches(from, to, rooms) {
  return [...rooms.get(from)].some((next) => next === to || reaches(next, to, rooms));
}

function fail(why) {
  process.stderr.write(`draw-rooms: ${why}\n`);
  process.exit(1);
}
