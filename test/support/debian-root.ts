import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/package-root.js';
import type { CliResult } from './cli.js';
import { npm } from './packed.js';

const start = promisify(execFile);
/** Who works there. */
const person = 1000;
const home = '/home/person';
const longestMs = 1_200_000;
const megabyte = 1024 * 1024;

/** Whether a Debian root can be made and entered here. */
export function canMakeDebian(): boolean {
  const needed = ['mmdebstrap', 'unshare', 'chroot'];
  return process.getuid?.() === 0 && needed.every((name) => spawnSync(name, ['--version']).status === 0);
}

function npmSetting(key: string): string {
  return execFileSync('npm', ['config', 'get', key], { encoding: 'utf8', cwd: tmpdir() }).trim();
}

/** How a command is called in the root. */
export interface Entering {
  /** Folder in the root; default: the home of the person. */
  readonly cwd?: string;
  /** All there is; default: PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
  readonly asRoot?: boolean;
  /** Only the folder that it is called in, and /tmp, can be written. */
  readonly isReadOnly?: boolean;
}

/**
 * The smallest Debian that Debian's packages make, with the libraries that Node needs, Node and npm: no git, no Python, no fonts, no
 * locales, no time zones. Somebody who is not root works there.
 */
export class DebianRoot {
  private constructor(readonly path: string) {}

  /** @param line of Node, such as 24: from the npm package of that name */
  static async create(line: number): Promise<DebianRoot> {
    // Not in memory: with all packages it is more than a gibibyte.
    const folder = await mkdtemp('/var/tmp/debian-root-');
    const root = new DebianRoot(join(folder, 'root'));
    try {
      await root.#lay();
      await root.#putNode(line, folder);
      await root.#putPerson();
      return root;
    } catch (error) {
      await root.remove();
      throw error;
    }
  }

  async #lay(): Promise<void> {
    const [, release = ''] = /^VERSION_CODENAME=(\w+)/m.exec(await readFile('/etc/os-release', 'utf8')) ?? [];
    const how = ['--quiet', '--mode=root', '--variant=minbase', '--dpkgopt=force-unsafe-io'];
    const include = '--include=libstdc++6,ca-certificates';
    // What it mounts there is seen by nobody else, and gone when it ends, however it does.
    const alone = ['--mount', '--pid', '--fork', '--kill-child', 'mmdebstrap'];
    await start('unshare', [...alone, ...how, include, release, this.path], { timeout: longestMs });
    // Part of the smallest Debian, but not of the smallest images.
    for (const name of ['usr/share/zoneinfo', 'etc/localtime', 'etc/timezone']) {
      await rm(join(this.path, name), { recursive: true, force: true });
    }
    for (const name of ['resolv.conf', 'hosts']) await copyFile(`/etc/${name}`, join(this.path, 'etc', name));
  }

  async #putNode(line: number, folder: string): Promise<void> {
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    await npm(['install', `node@${line}`], folder);
    const local = join(this.path, 'usr/local');
    await copyFile(join(folder, 'node_modules/node/bin/node'), join(local, 'bin/node'));
    const cli = execFileSync('sh', ['-c', 'readlink -f "$(command -v npm)"'], { encoding: 'utf8' }).trim();
    await cp(dirname(dirname(await realpath(cli))), join(local, 'lib/node_modules/npm'), { recursive: true });
    for (const name of ['npm', 'npx']) {
      await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, 'bin', name));
    }
  }

  /** A home, and settings with which npm trusts whom this machine trusts. */
  async #putPerson(): Promise<void> {
    execFileSync('chroot', [this.path, 'useradd', '--create-home', '--uid', String(person), 'person']);
    const lines = [
      `registry=${npmSetting('registry')}`,
      'audit=false',
      'fund=false',
      'update-notifier=false',
    ];
    const authorities = npmSetting('cafile');
    if (existsSync(authorities)) {
      await copyFile(authorities, join(this.path, 'etc/authorities.crt'));
      lines.push('cafile=/etc/authorities.crt');
    }
    await mkdir(join(this.path, 'usr/local/etc'), { recursive: true });
    await writeFile(join(this.path, 'usr/local/etc/npmrc'), `${lines.join('\n')}\n`);
  }

  /** What is committed here or is to be, as a clone has it, but without its history. */
  async putClone(name: string): Promise<void> {
    const source = fileURLToPath(packageRoot);
    const listed = execFileSync('git', ['ls-files', '-z'], { cwd: source, encoding: 'utf8' });
    const target = join(this.path, home, name);
    for (const file of listed.split('\0').filter((each) => each !== '' && existsSync(join(source, each)))) {
      await mkdir(dirname(join(target, file)), { recursive: true });
      await cp(join(source, file), join(target, file), { verbatimSymlinks: true });
    }
    execFileSync('chown', ['-R', `${person}:${person}`, target]);
  }

  /** A file of the person, by its path in the home. */
  async write(name: string, content: string | Uint8Array): Promise<void> {
    const path = join(this.path, home, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    const [top = ''] = name.split('/');
    execFileSync('chown', ['-R', `${person}:${person}`, join(this.path, home, top)]);
  }

  /** A file of this machine, for everybody there. */
  async put(from: string, to: string): Promise<void> {
    await copyFile(from, join(this.path, to));
  }

  /** Runs a line of a shell there, as process 1 of its own. What it mounts is gone when it ends. */
  run(line: string, entering: Entering = {}): Promise<CliResult> {
    const { asRoot = false, isReadOnly = false } = entering;
    const cwd = entering.cwd ?? (asRoot ? '/root' : home);
    const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    const env = entering.env ?? { PATH: path, HOME: asRoot ? '/root' : home };
    const user = asRoot ? '0:0' : `${person}:${person}`;
    const mounts = isReadOnly ? readOnlyMounts(cwd) : ['mount -t proc proc "$root/proc"'];
    const script = [
      'set -e; root=$1; shift',
      ...mounts,
      'exec chroot --userspec="$user" "$root" env -i "$@"',
    ].join('\n');
    const args = ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script, 'sh', this.path];
    const words = Object.entries(env).map(([key, value]) => `${key}=${value}`);
    const inside = ['sh', '-c', `cd ${cwd} && ${line}`];
    return new Promise((resolve) => {
      execFile(
        'unshare',
        [...args, ...words, ...inside],
        {
          env: { PATH: process.env['PATH'], user },
          maxBuffer: 64 * megabyte,
          timeout: longestMs,
          killSignal: 'SIGKILL',
        },
        (error, stdout, stderr) =>
          resolve({ code: error === null ? 0 : Number(error.code ?? Number.NaN), stdout, stderr }),
      );
    });
  }

  remove(): Promise<void> {
    return rm(dirname(this.path), { recursive: true, force: true });
  }
}

/** Everything read-only but a folder and /tmp. */
function readOnlyMounts(folder: string): readonly string[] {
  return [
    'mount --bind "$root" "$root"',
    `mount --bind "$root${folder}" "$root${folder}"`,
    'mount -o remount,bind,ro "$root"',
    'mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"',
    'mount -t proc proc "$root/proc"',
  ];
}
