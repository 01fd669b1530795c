import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the built command as a process of its own.
 *
 * @param options.env what is undefined is not set: `schedule` has no fixed time, as it makes days that end after any
 */
export function runCli(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string | undefined>> } = {},
): Promise<CliResult> {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: options.cwd ?? tmpdir(),
    env: { PATH: process.env['PATH'], SOURCE_DATE_EPOCH: '1795600000', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

export const defaultConfiguration = `plan: daily
timezone: UTC
sources:
  - type: local-files
    paths: ["./events/*"]
archive:
  type: file-system
  directory: ./reports
  lease: 0s
mail:
  type: outbox
  directory: ./outbox
  from: reports@example.com
  to: [ops@example.com]
`;

/** A folder with a configuration and event files, removed by `remove`. */
export class Project {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  static async create(
    files: Readonly<Record<string, string | Uint8Array>>,
    configuration = defaultConfiguration,
  ): Promise<Project> {
    const project = new Project(await mkdtemp(join(tmpdir(), 'project-')));
    await project.write('backup-report.yaml', configuration);
    for (const [name, content] of Object.entries(files)) await project.write(name, content);
    return project;
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    const path = join(this.directory, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }

  run(date: string, ...more: readonly string[]): Promise<CliResult> {
    return runCli(['run', '--date', date, ...more], { cwd: this.directory });
  }

  read(name: string): Promise<Buffer> {
    return readFile(join(this.directory, name));
  }

  /** Names below a folder; none where it does not exist. */
  async list(name: string): Promise<string[]> {
    return readdir(join(this.directory, name)).then(
      (names) => names.sort(),
      () => [],
    );
  }

  /** The artefacts of a revision by name. */
  async revision(date: string, revision = 1): Promise<Map<string, Buffer>> {
    const folder = `reports/daily/${date.replaceAll('-', '/')}/r${revision}`;
    const files = new Map<string, Buffer>();
    for (const name of await this.list(folder)) files.set(name, await this.read(join(folder, name)));
    return files;
  }

  async remove(): Promise<void> {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Lines of NDJSON; strings as they are. */
export function ndjson(records: readonly unknown[]): string {
  return records
    .map((record) => `${typeof record === 'string' ? record : JSON.stringify(record)}\n`)
    .join('');
}

export function jsonOf<T>(files: ReadonlyMap<string, Buffer>, name: string): T {
  return JSON.parse((files.get(name) ?? Buffer.alloc(0)).toString('utf8')) as T;
}
