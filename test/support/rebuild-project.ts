import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import JSZip from 'jszip';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { sha256Hex } from '../../src/base/digest.js';
import { loadConfiguration } from '../../src/config/load.js';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import type { DayPorts, DayResult, ReportPlan } from '../../src/day/report-plan.js';
import type { Archive } from '../../src/ports/archive.js';
import { type OpenReplay, rebuildRevisions } from '../../src/rebuild/rebuild-revisions.js';
import type { RebuiltRevision } from '../../src/rebuild/rebuilt-revision.js';
import type { ReplaySurroundings } from '../../src/rebuild/surroundings.js';
import { wirePlan } from '../../src/wiring/wire-plan.js';
import { wireReplay, wireSurroundings } from '../../src/wiring/wire-replay.js';
import { quiet } from './judge-day.js';
import { dayOf } from './judge.js';
import { oneLine } from './run-here.js';
import { themeHere } from './theme-here.js';

const hourMs = 3_600_000;

/** A plan in a folder of its own, whose archived days are made again. */
export class RebuildProject {
  readonly directory: string;
  /** Names of the renderers that are real; the others write one line. */
  readonly #real: readonly string[];

  constructor(directory: string, real: readonly string[]) {
    this.directory = directory;
    this.#real = real;
  }

  static async create(
    files: Readonly<Record<string, string>>,
    real: readonly string[] = [],
  ): Promise<RebuildProject> {
    const project = new RebuildProject(await mkdtemp(join(tmpdir(), 'rebuild-')), real);
    await project.write(files);
    return project;
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.directory, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  }

  /** Another one with the same files. */
  async copy(): Promise<RebuildProject> {
    const directory = await mkdtemp(join(tmpdir(), 'rebuild-'));
    await cp(this.directory, directory, { recursive: true });
    return new RebuildProject(directory, this.#real);
  }

  get archive(): Archive {
    return createFileSystemArchive(join(this.directory, 'archive'));
  }

  /** Makes a day, so many hours after its end. */
  async make(
    date: string,
    { hoursAfter = 7, through = (ports) => ports }: MakeOptions = {},
  ): Promise<DayResult> {
    const loaded = await loadConfiguration(join(this.directory, 'backup-report.yaml'));
    const { plan, ports, timezone } = await wirePlan(loaded, quiet, themeHere);
    const day = dayOf(date, timezone);
    const request = { day, generatedAtMs: day.cutOffMs + hoursAfter * hourMs, notify: false };
    const renderers = ports.renderers.map((each) => plainly(each, this.#real));
    return makeDailyReport(plan as ReportPlan, request, through({ ...ports, renderers }));
  }

  /** @param surroundings that are other ones than those of the process */
  rebuild(
    dates: readonly string[],
    { surroundings = {} }: { readonly surroundings?: Partial<ReplaySurroundings> } = {},
  ): Promise<readonly RebuiltRevision[]> {
    return rebuildIn(this.archive, dates, { real: this.#real, surroundings });
  }

  /** Path of a file of the archive. */
  path(date: string, name: string, revision = 1): string {
    return join(this.directory, 'archive/daily', date.replaceAll('-', '/'), `r${revision}`, name);
  }

  /** Changes a file of a revision, and has the manifest name what it is then. */
  async tamper(date: string, name: string, change: (text: string) => string, revision = 1): Promise<void> {
    const path = this.path(date, name, revision);
    const isPacked = name.endsWith('.gz');
    const before = await readFile(path);
    const text = (isPacked ? gunzipSync(before) : before).toString('utf8');
    const changed = change(text);
    if (changed === text) throw new Error(`nothing was changed in ${name}`);
    const bytes = isPacked ? gzipSync(changed, { level: 1 }) : Buffer.from(changed);
    await writeFile(path, bytes);
    if (name !== 'manifest.json') await this.#mend(date, name, { bytes, content: changed, revision });
  }

  /** Changes a number of the first sheet of a workbook. */
  async tamperWorkbook(date: string, part: string): Promise<void> {
    const path = this.path(date, 'report.xlsx');
    const zip = await JSZip.loadAsync(await readFile(path));
    const before = (await zip.file(part)?.async('string')) ?? '';
    const changed = before.replace(/<v>(\d+)<\/v>/, (_all, number: string) => `<v>${Number(number) + 1}</v>`);
    if (changed === before) throw new Error(`nothing was changed in ${part}`);
    const bytes = await zip.file(part, changed).generateAsync({ type: 'nodebuffer' });
    await writeFile(path, bytes);
    await this.#mend(date, 'report.xlsx', { bytes, content: changed, revision: 1 });
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }

  async #mend(
    date: string,
    name: string,
    {
      bytes,
      content,
      revision,
    }: { readonly bytes: Buffer; readonly content: string; readonly revision: number },
  ): Promise<void> {
    const path = this.path(date, 'manifest.json', revision);
    const manifest = JSON.parse(await readFile(path, 'utf8')) as {
      artefacts: { name: string; bytes: number; sha256: string; contentSha256?: string }[];
    };
    for (const entry of manifest.artefacts) {
      if (entry.name !== name) continue;
      entry.bytes = bytes.length;
      entry.sha256 = sha256Hex(bytes);
      if (entry.contentSha256 !== undefined) entry.contentSha256 = sha256Hex(content);
    }
    await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
  }
}

/** Makes days of the plan `daily` again. @param real names of the renderers that are real */
export async function rebuildIn(
  archive: Archive,
  dates: readonly string[],
  {
    real = [],
    surroundings = {},
  }: { readonly real?: readonly string[]; readonly surroundings?: Partial<ReplaySurroundings> } = {},
): Promise<readonly RebuiltRevision[]> {
  const openReal = wireReplay(themeHere);
  const openReplay: OpenReplay = async (archived, folder) => {
    const replayed = await openReal(archived, folder);
    return { ...replayed, renderers: replayed.renderers.map((each) => plainly(each, real)) };
  };
  const here = { ...(await wireSurroundings()), ...surroundings };
  const found: RebuiltRevision[] = [];
  const ports = { openReplay, surroundings: here, log: quiet };
  for await (const each of rebuildRevisions(archive, 'daily', dates, ports)) found.push(each);
  return found;
}

type AnyRenderer = DayPorts['renderers'][number];

function plainly(renderer: AnyRenderer, real: readonly string[]): AnyRenderer {
  return real.includes(renderer.name) ? renderer : oneLine(renderer);
}

interface MakeOptions {
  readonly hoursAfter?: number;
  readonly through?: (ports: DayPorts) => DayPorts;
}

/** One line a record; what is text already stays as it is. */
export function linesOf(records: readonly unknown[]): string {
  return records.map((each) => `${typeof each === 'string' ? each : JSON.stringify(each)}\n`).join('');
}
