import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { packageRoot } from '../../src/package-root.js';
import type { CliResult } from './cli.js';
import { copyFolder } from './copy-folder.js';
import { mainHere } from './main-here.js';
import { commandsOfPage } from './page-commands.js';

const root = fileURLToPath(packageRoot);
const page = readFileSync(join(root, 'docs/upgrade.md'), 'utf8');

/** 2026-11-09 12:00 UTC: the report of 2026-11-08 in New York is due. */
const nowSeconds = Date.parse('2026-11-09T12:00:00Z') / 1000;

/** What stands below a heading of docs/upgrade.md, up to the next one of any rank. */
export function belowHeading(heading: string): string {
  const [, after] = page.split(new RegExp(`^#+ ${heading}\n`, 'm'));
  if (after === undefined) throw new Error(`docs/upgrade.md has no heading ${heading}`);
  return after.split(/^#+ /m)[0] ?? '';
}

/** The commands of docs/upgrade.md below a heading, one a line, without what a comment says. */
export function commandsBelow(heading: string): readonly string[] {
  return commandsOfPage(belowHeading(heading)).map((line) => line.replace(/\s+#.*/, ''));
}

/**
 * The plan demo-company as an earlier version left it, in a folder of its own, as docs/upgrade.md speaks of it: its
 * configuration is backup-report.yaml, its archive ./archive, and the events of 2026-11-08 are still to be judged.
 */
export class UpgradedProject {
  private constructor(readonly directory: string) {}

  static async create(): Promise<UpgradedProject> {
    const project = await UpgradedProject.from(join(root, 'test/archives/fixtures/archive-0.2'));
    project.write('backup-report.yaml', project.read('demo-company.yaml'));
    return project;
  }

  /** @param fixture a folder with a configuration of that name, and its archive */
  static async from(fixture: string): Promise<UpgradedProject> {
    const project = new UpgradedProject(await mkdtemp(join(tmpdir(), 'upgraded-')));
    copyFolder(fixture, project.directory);
    return project;
  }

  read(name: string): string {
    return readFileSync(join(this.directory, name), 'utf8');
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.directory, name), text);
  }

  /** Changes the configuration. */
  configure(from: string | RegExp, to: string, name = 'backup-report.yaml'): void {
    const before = this.read('backup-report.yaml');
    const after = before.replace(from, to);
    if (after === before) throw new Error(`the configuration has no ${String(from)}`);
    this.write(name, after);
  }

  /** A command of our program, in the folder. */
  call(line: string, variables: Readonly<Record<string, string | undefined>> = {}): Promise<CliResult> {
    const words = [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
      word.replaceAll(/["']/g, ''),
    );
    const isLogging = /^(?:run|backfill|resend|period)$/.test(words[0] ?? '');
    return mainHere(isLogging ? [...words, '--log-level', 'silent'] : words, this.directory, {
      SOURCE_DATE_EPOCH: String(nowSeconds),
      ...variables,
    });
  }

  /** Any line of the page: our program, or a command of the shell. */
  async follow(line: string): Promise<CliResult> {
    if (line.startsWith('backup-report ')) return this.call(line.slice('backup-report '.length));
    const { stdout, stderr } = await promisify(execFile)('sh', ['-ec', line], { cwd: this.directory });
    return { code: 0, stdout, stderr };
  }

  /** Files of a folder by their keys, in order. */
  files(folder = 'archive'): readonly string[] {
    const from = join(this.directory, folder);
    return readdirSync(from, { recursive: true, withFileTypes: true, encoding: 'utf8' })
      .filter((each) => each.isFile())
      .map((each) => relative(from, join(each.parentPath, each.name)).split(sep).join('/'))
      .sort();
  }

  /** Manifests of days, as `demo-company/2026/11/08/r1`. */
  revisions(folder = 'archive'): readonly string[] {
    return this.files(folder)
      .filter((key) => key.endsWith('/manifest.json') && !key.includes('/periods/'))
      .map((key) => key.slice(0, -'/manifest.json'.length));
  }

  /** The messages that were sent. */
  mails(): readonly string[] {
    try {
      return readdirSync(join(this.directory, 'outbox')).sort();
    } catch {
      return [];
    }
  }

  /** The records of a day, one a line. */
  events(name: string): readonly string[] {
    const bytes = readFileSync(join(this.directory, `events/${name}.ndjson.gz`));
    return gunzipSync(bytes).toString().trimEnd().split('\n');
  }

  writeEvents(name: string, lines: readonly string[]): void {
    writeFileSync(join(this.directory, `events/${name}.ndjson.gz`), gzipSync(`${lines.join('\n')}\n`));
  }

  json<T>(key: string): T {
    return JSON.parse(this.read(key)) as T;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
