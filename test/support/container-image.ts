import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../src/package-root.js';

/** What an image says of how its containers are started. */
export interface ImageConfiguration {
  readonly User: string;
  readonly WorkingDir: string;
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly Env: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
  readonly Healthcheck: { readonly Test: readonly string[] };
}

export interface BuiltImage {
  readonly configuration: ImageConfiguration;
  /** Its files. */
  readonly root: string;
  remove(): Promise<void>;
}

function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version']).status === 0;
}

function pathOf(name: string): string {
  return execFileSync('which', [name], { encoding: 'utf8' }).trim();
}

function npmSetting(key: string): string {
  return execFileSync('npm', ['config', 'get', key], { encoding: 'utf8', cwd: tmpdir() }).trim();
}

/** Whether images can be built and containers run here: by the superuser, with both programs. */
export function hasContainers(): boolean {
  return process.getuid?.() === 0 && hasProgram('buildah') && hasProgram('runc');
}

/**
 * Builds a Dockerfile of this project, on a stand-in of its base: this machine's Node and npm with the libraries that they
 * need. No registry of images is asked. `npm ci` takes its packages from the cache of this machine, or from its registry.
 */
export async function buildImage(dockerfile = 'Dockerfile'): Promise<BuiltImage> {
  // Not in memory: with all its stages it is more than a gibibyte.
  const folder = await mkdtemp('/var/tmp/container-image-');
  const buildah = (...args: readonly string[]): string =>
    execFileSync(
      'buildah',
      ['--root', join(folder, 'store'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs', ...args],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 ** 2 },
    ).trim();
  try {
    const base = join(folder, 'base');
    await layBase(base);
    const scratch = buildah('from', 'scratch');
    buildah('copy', '--quiet', scratch, base, '/');
    buildah('commit', '--quiet', scratch, 'localhost/base');
    // npm opens more files at once than a container of buildah may by itself.
    const how = ['--format', 'docker', '--isolation', 'chroot', '--pull-never', '--quiet'];
    const files = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
    how.push('--ulimit', `nofile=${files}:${files}`);
    const npm = (await npmOfThisMachine(folder)).flatMap((each) => ['--volume', each]);
    const which = ['--build-arg', 'BASE=localhost/base', '--file', dockerfile, '--tag', 'localhost/built'];
    buildah('build', ...how, ...npm, ...which, fileURLToPath(packageRoot));
    const inspected = JSON.parse(buildah('inspect', '--type', 'image', 'localhost/built'));
    const container = buildah('from', '--pull-never', 'localhost/built');
    return {
      configuration: inspected.Docker.config,
      root: buildah('mount', container),
      remove: async () => {
        buildah('umount', container);
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Programs that the Dockerfile, npm and shells call. */
const programs = ['sh', 'env', 'mkdir', 'chown', 'chmod', 'ln', 'ls'];

/** As far as it matters, what `node:24-slim` has: Debian's C library, a shell, Node and npm, and the user node. */
async function layBase(root: string): Promise<void> {
  for (const each of ['usr/bin', 'usr/lib/node_modules', 'etc', 'root', 'proc', 'dev', 'sys']) {
    await mkdir(join(root, each), { recursive: true });
  }
  await mkdir(join(root, 'tmp'), { mode: 0o1777 });
  execFileSync('chmod', ['1777', join(root, 'tmp')]);
  const npm = dirname(dirname(await realpath(pathOf('npm'))));
  await cp(npm, join(root, 'usr/lib/node_modules/npm'), { recursive: true });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(root, 'usr/bin/npm'));
  const needed = new Set<string>();
  for (const path of [process.execPath, ...programs.map(pathOf)]) {
    await cp(await realpath(path), join(root, 'usr/bin', basename(path)));
    const libraries = execFileSync('ldd', [path], { encoding: 'utf8' });
    for (const [library] of libraries.matchAll(/\/\S+/g)) needed.add(library);
  }
  for (const library of needed) {
    await mkdir(join(root, dirname(library)), { recursive: true });
    await cp(await realpath(library), join(root, library));
  }
  await symlink('usr/bin', join(root, 'bin'));
  await writeFile(join(root, 'etc/passwd'), 'root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/tmp:/bin/sh\n');
  await writeFile(join(root, 'etc/group'), 'root:x:0:\nnode:x:1000:\n');
}

/** Mounts with which npm installs in a build as it does here: its cache, and whom it trusts. */
async function npmOfThisMachine(folder: string): Promise<readonly string[]> {
  const cache = npmSetting('cache');
  const authorities = npmSetting('cafile');
  await mkdir(cache, { recursive: true });
  const lines = [
    'cache=/root/npm-cache',
    'prefer-offline=true',
    'audit=false',
    'fund=false',
    'update-notifier=false',
  ];
  const mounts = [`${cache}:/root/npm-cache`];
  if (existsSync(authorities)) {
    lines.push('cafile=/root/authorities.crt');
    mounts.push(`${await realpath(authorities)}:/root/authorities.crt:ro`);
  }
  lines.push(`registry=${npmSetting('registry')}`);
  const npmrc = join(folder, 'npmrc');
  await writeFile(npmrc, `${lines.join('\n')}\n`);
  return [...mounts, `${npmrc}:/root/.npmrc:ro`];
}
