// npm run release -- major|minor|patch|1.2.0: makes the commit of a release. It changes nothing where anything is wrong, publishes
// nothing, and says what is left to do. `npm run release -- next` begins the work on the next one.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { releasedChangelog } from './changelog.mjs';
import { developmentVersion, nextVersion } from './next-version.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const say = (line) => process.stdout.write(`${line}\n`);

try {
  const { version: current } = readJson('package.json');
  if (process.argv[2] === 'next') begin(developmentVersion(current));
  else release(nextVersion(current, process.argv[2]));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function release(version) {
  if (run('git', ['status', '--porcelain'], 'pipe') !== '')
    throw new Error('commit or put aside your changes first');
  const date = new Date((process.env.SOURCE_DATE_EPOCH ?? Date.now() / 1000) * 1000)
    .toISOString()
    .slice(0, 10);
  const changes = releasedChangelog(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version, date);
  run('npm', ['run', 'release:check']);
  setVersion(version);
  writeFileSync(join(root, 'CHANGELOG.md'), changes);
  // Built again: reports name the version that made them.
  run('npm', ['run', 'build']);
  // A patch must read what the minor release wrote.
  if (version.endsWith('.0')) run('node', ['scripts/release/archive-fixture.mjs']);
  run('git', ['add', '--all']);
  run('git', ['commit', '--quiet', '--message', `Release ${version}`]);
  run('git', ['tag', '--annotate', '--message', `Release ${version}`, `v${version}`]);
  say(`Release ${version} is committed and tagged here. Next:`);
  for (const step of ['npm run check', 'npm pack', 'git push --follow-tags', 'npm run release -- next'])
    say(`  ${step}`);
}

function begin(version) {
  setVersion(version);
  say(`package.json and package-lock.json say ${version}. Commit them.`);
}

/** Files that name the image of this version. */
const deployed = [
  'Dockerfile',
  'deploy/compose/compose.yaml',
  'deploy/container-instances/container-instance.tf',
  'deploy/functions/Dockerfile',
  'deploy/functions/func.yaml',
  'deploy/functions/package.json',
  'deploy/kubernetes/kustomization.yaml',
  'docs/deploy.md',
];

function setVersion(version) {
  const { version: before } = readJson('package.json');
  for (const name of deployed) {
    const text = readFileSync(join(root, name), 'utf8');
    if (!text.includes(before))
      throw new Error(`${name} does not name ${before}: is it the image of another version?`);
    writeFileSync(join(root, name), text.replaceAll(before, version));
  }
  const own = { ...readJson('package.json'), version };
  const lock = readJson('package-lock.json');
  const packages = { ...lock.packages, '': { ...lock.packages[''], version } };
  writeJson('package.json', own);
  writeJson('package-lock.json', { ...lock, version, packages });
}

function readJson(name) {
  return JSON.parse(readFileSync(join(root, name), 'utf8'));
}

function writeJson(name, value) {
  writeFileSync(join(root, name), `${JSON.stringify(value, null, 2)}\n`);
}

function run(command, args, stdout = 'inherit') {
  const ended = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['inherit', stdout, 'inherit'],
  });
  if (ended.status !== 0) throw new Error(`${command} ${args.join(' ')} failed: the release is not made`);
  return ended.stdout ?? '';
}
