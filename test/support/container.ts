import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliResult } from './cli.js';
import type { BuiltImage } from './container-image.js';

export interface ContainerOptions {
  /** Mounted at /work. */
  readonly work: string;
  /** As in `docker run --user`; default: that of the image. */
  readonly user?: number;
  /** Whether there is a /tmp to write in; default: yes. */
  readonly hasTmp?: boolean;
  readonly env?: readonly string[];
  /** More mounts, each a folder of this machine and where it is in the container. */
  readonly mounts?: readonly (readonly [string, string])[];
}

export interface Container {
  /** Waits for words in its output or log. */
  said(words: string): Promise<void>;
  /** `docker exec` */
  exec(...args: readonly string[]): CliResult;
  /** `docker stop`, without the kill after ten seconds. */
  signal(name: string): void;
  readonly ended: Promise<CliResult>;
  remove(): Promise<void>;
}

/**
 * A container of an image, by runc: with its root read-only, without capabilities, without the right to get any, without
 * network, and with the process as number 1. That is `docker run --read-only --cap-drop ALL --security-opt
 * no-new-privileges --network none`.
 */
export async function startContainer(
  image: BuiltImage,
  args: readonly string[],
  options: ContainerOptions,
): Promise<Container> {
  const bundle = await mkdtemp(join(tmpdir(), 'container-'));
  await writeFile(join(bundle, 'config.json'), JSON.stringify(specification(image, args, options)));
  const id = bundle.split('/').at(-1) ?? '';
  const runc = (...more: readonly string[]) => ['--root', join(bundle, 'state'), ...more];
  const child = spawn('runc', runc('run', '--bundle', bundle, id), { stdio: ['ignore', 'pipe', 'pipe'] });
  const { said, ended } = watch(child);
  return {
    said,
    ended,
    exec: (...command) => {
      const { status, stdout, stderr } = spawnSync('runc', runc('exec', id, ...command), {
        encoding: 'utf8',
      });
      return { code: status, stdout, stderr };
    },
    signal: (name) => void spawnSync('runc', runc('kill', id, name)),
    remove: async () => {
      spawnSync('runc', runc('delete', '--force', id));
      await ended;
      await rm(bundle, { recursive: true, force: true });
    },
  };
}

/** Runs a command to its end. */
export async function inContainer(
  image: BuiltImage,
  args: readonly string[],
  options: ContainerOptions,
): Promise<CliResult> {
  const container = await startContainer(image, args, options);
  try {
    return await container.ended;
  } finally {
    await container.remove();
  }
}

function watch(child: ChildProcess): Pick<Container, 'said' | 'ended'> {
  const text = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (part: Buffer) => {
      text[name] += part.toString();
      for (const look of listeners) look();
    });
  }
  const closed = once(child, 'close').then(([code]): CliResult => ({ code, ...text }));
  return {
    ended: closed,
    said: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (text.stdout.includes(words) || text.stderr.includes(words)) resolve();
        };
        listeners.add(look);
        look();
        const end = async (): Promise<void> => {
          const { code, stderr } = await closed;
          look();
          reject(new Error(`it ended with ${code} and never said ${words}, but:\n${stderr}`));
        };
        void end();
      }),
  };
}

/** https://github.com/opencontainers/runtime-spec/blob/main/config.md */
function specification(
  { configuration, root }: BuiltImage,
  args: readonly string[],
  { work, user, hasTmp = true, env = [], mounts = [] }: ContainerOptions,
): object {
  const uid = user ?? Number(configuration.User.split(':')[0]);
  const none = { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] };
  const bound = [[work, configuration.WorkingDir] as const, ...mounts];
  return {
    ociVersion: '1.0.2',
    root: { path: root, readonly: true },
    hostname: 'container',
    process: {
      terminal: false,
      user: { uid, gid: uid },
      args: [...configuration.Entrypoint, ...(args.length === 0 ? configuration.Cmd : args)],
      env: [...configuration.Env, ...env],
      cwd: configuration.WorkingDir,
      capabilities: none,
      noNewPrivileges: true,
    },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=65536k'] },
      ...(hasTmp
        ? [{ destination: '/tmp', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'nodev', 'mode=1777'] }]
        : []),
      ...bound.map(([source, destination]) => ({
        destination,
        source,
        type: 'bind',
        options: ['rbind', 'rw'],
      })),
    ],
    linux: {
      namespaces: ['pid', 'network', 'ipc', 'uts', 'mount'].map((type) => ({ type })),
      maskedPaths: ['/proc/kcore', '/proc/keys', '/proc/timer_list'],
      readonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
    },
  };
}
