import { readFileSync } from 'node:fs';
import { packageRoot } from '../package-root.js';

/** `oci-backup-reporter 0.1.0` */
export function toolVersion(): string {
  const text = readFileSync(new URL('package.json', packageRoot), 'utf8');
  const { name, version }: { name: string; version: string } = JSON.parse(text);
  return `${name} ${version}`;
}

/** What scripts/write-build.mjs writes. */
interface Build {
  /** null: it was not built in a clone. */
  readonly commit: string | null;
  /** There were changes that are in no commit. */
  readonly isChanged: boolean;
  readonly node: string;
}

/** The version, and below it what it was built from and what runs it: for who reports a fault. */
export function versionWords(): string {
  const running = `running on Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  return [toolVersion(), `${buildWords()}; ${running}`].join('\n');
}

function buildWords(): string {
  let build: Build;
  try {
    build = JSON.parse(readFileSync(new URL('dist/app/build.json', packageRoot), 'utf8')) as Build;
  } catch {
    return 'not built for use';
  }
  const commit = build.commit === null ? 'no commit' : `commit ${build.commit.slice(0, 12)}`;
  return `${commit}${build.isChanged ? ' with changes' : ''}, built with Node ${build.node}`;
}
