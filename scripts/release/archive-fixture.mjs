// npm run archive-fixture: adds the archive that this version leaves to later ones, test/archives/fixtures/archive-<major>.<minor>. One
// that a version on the way to the same release made is made again; one of a release is never touched.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const name = `archive-${version.split('.').slice(0, 2).join('.')}`;
const fixture = join(root, 'test/archives/fixtures', name);

if (existsSync(fixture) && !isOfDevelopment(fixture)) {
  process.stderr.write(`${name} is there already, and a release wrote it: it stays as it is\n`);
  process.exitCode = 1;
} else {
  rmSync(fixture, { recursive: true, force: true });
  const script = join(root, 'scripts/release/make-archive.mjs');
  const { status } = spawnSync(process.execPath, [script, fixture], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
  if (status === 0) process.stdout.write(`${fixture}\n`);
}

function isOfDevelopment(folder) {
  const readme = join(folder, 'README.md');
  return existsSync(readme) && /^# An archive that \S+ \S+-dev wrote$/m.test(readFileSync(readme, 'utf8'));
}
