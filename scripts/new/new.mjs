// npm run new -- source NAME | channel NAME: lays the folder, the section of the configuration, the line of the wiring, the meanings of
// the keys and the contract test of a new adapter, and makes the reference anew. Nothing is changed where anything is wrong.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { laidFiles } from './lay.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const say = (line) => process.stdout.write(`${line}\n`);

try {
  const [sort, name] = process.argv.slice(2);
  const texts = await formatted(laidFiles(root, sort, name));
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    say(path);
  }
  for (const script of ['compile', 'make-schemas', 'make-references']) run(`scripts/${script}.mjs`);
  say(
    `schema/config.schema.json, docs/configuration.md\n\nThe ${sort} ${name} is there, and does nothing yet. Next:`,
  );
  const [written, test] = [...texts.keys()];
  say(`  write ${written}: its comments say what is missing`);
  say(`  npm run build && npm run vitest -- ${test.slice('test/'.length, -'.test.ts'.length)}`);
  say('  npm run check');
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function formatted(texts) {
  const results = new Map();
  for (const [path, text] of texts) {
    const filepath = join(root, path);
    results.set(path, await format(text, { ...(await resolveConfig(filepath)), filepath }));
  }
  return results;
}

function run(script) {
  const { status } = spawnSync(process.execPath, [join(root, script)], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${script} failed: look at what it says, then run npm run reference`);
}
