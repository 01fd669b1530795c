// Writes what `--version` says of this build: no time, so that one commit gives one build.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const commit = git('rev-parse', 'HEAD') || null;
const build = {
  commit,
  isChanged: commit !== null && git('status', '--porcelain') !== '',
  node: process.versions.node,
};
writeFileSync(new URL('../dist/app/build.json', import.meta.url), `${JSON.stringify(build)}\n`);

/** Nothing where there is no clone, or no git. */
function git(...args) {
  const { status, stdout } = spawnSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : '';
}
