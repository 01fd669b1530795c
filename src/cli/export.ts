import { basename, resolve } from 'node:path';
import { count } from '../base/english.js';
import { terminalText } from '../base/terminal-text.js';
import { nameWithoutEnding, writeNewFile } from '../export/new-file.js';
import type { PackageWriter } from '../export/package-writer.js';
import { createSampling, sampleFiles, sampleTable } from '../export/sample-jobs.js';
import { createTarWriter } from '../export/tar-writer.js';
import { type MadeFile, type PackedDays, writePackage } from '../export/write-package.js';
import { createZipWriter } from '../export/zip-writer.js';
import { Failure } from '../errors.js';
import { coverageTotals } from '../model/archive-coverage.js';
import { damageInEnglish } from '../model/archive-damage.js';
import { generationTime } from '../wiring/generation-time.js';
import type { KindRegistry } from '../wiring/report-kinds.js';
import { renderDefinitions, renderGuide, renderIndex, renderMethod } from '../wiring/wire-archive-pages.js';
import { type IndexMaterial, readIndexMaterial } from './index-material.js';
import { type ArchiveOptions, exitCodeOfCoverage, mustBeOutside, mustBeOver } from './archive-choice.js';
import { type Output, createLog } from './output.js';

export interface ExportOptions extends ArchiveOptions {
  readonly from: string;
  readonly to: string;
  readonly out: string;
  readonly overwrite?: boolean;
  /** How many jobs to draw. */
  readonly sample?: number;
  readonly seed?: string;
  /** Of a document alone. */
  readonly assessmentPlan?: string;
  readonly json?: boolean;
  readonly logLevel: string;
}

const shownFiles = 5;

/**
 * `backup-report export`: the days of a range as a package that a stranger can check. Returns the exit code: 6 for damage, 3
 * for days that are missing or INCOMPLETE.
 */
export async function exportDays(
  options: ExportOptions,
  output: Output,
  kinds?: KindRegistry,
): Promise<number> {
  const out = resolve(options.out);
  if (options.assessmentPlan !== undefined) {
    throw new Failure('usage', '--assessment-plan is for --format oscal', { hints: ['Leave it out.'] });
  }
  const isZip = mustBePackage(out);
  const folder = mustBeFolderName(nameWithoutEnding(out));
  const nowMs = generationTime(process.env, Date.now(), null);
  const material = await readIndexMaterial(options, nowMs, await createLog(options.logLevel), kinds);
  await mustBeOutside(material.place.directory, out);
  mustBeOver(options.to, material.coverage.timezone, nowMs);
  mustHaveReports(material);
  const sampling = samplingOf(options);
  if (sampling !== null && !material.kind.hasSamples) throw noSample(material.kind.keys.name);
  const modifiedMs = lastMade(material);
  let packed: PackedDays | null = null;
  const written = await writeNewFile(out, options.overwrite === true, async (target) => {
    packed = await writePackage(
      material.place.archive,
      {
        coverage: material.coverage,
        folder,
        open: (into): Promise<PackageWriter> =>
          isZip ? createZipWriter(into, { modifiedMs }) : createTarWriter(into, { modifiedMs }),
        takeLines: sampling?.take ?? null,
        linesFile: material.kind.archived.linesFile,
        makeFiles: (all) =>
          makeFiles(material, all, { file: basename(out), folder, isZip, drawn: sampling?.drawn ?? null }),
      },
      target,
    );
  });
  const result = packed ?? nothingPacked;
  const sample = sampling?.drawn() ?? null;
  const exitCode = result.damage.length > 0 ? 6 : exitCodeOfCoverage(material.coverage, material.periods);
  const answer = { ...written, ...summaryOf(material, result), sample: sample && sampleAnswer(sample) };
  output.answer(
    options.json === true ? JSON.stringify(answer) : wordsOf(material, result, answer).join('\n'),
  );
  return exitCode;
}

const nothingPacked: PackedDays = { files: 0, damage: [], leftOut: [], signatures: 0, keys: 0 };

interface Made {
  readonly file: string;
  readonly folder: string;
  readonly isZip: boolean;
  readonly drawn: ReturnType<typeof createSampling>['drawn'] | null;
}

/** What is made for the package, in its order. */
async function makeFiles(
  { theme, coverage, periods, attestations, subjects, kind, tool }: IndexMaterial,
  packed: PackedDays,
  { file, folder, isZip, drawn }: Made,
): Promise<readonly MadeFile[]> {
  const sample = drawn?.() ?? null;
  const { linesFile } = kind.archived;
  const { damage, leftOut } = packed;
  const left = new Set(leftOut);
  const index = {
    coverage,
    periods,
    attestations,
    subjects,
    kind,
    damage,
    leftOut,
    tool,
    hrefOf: (key: string) => (left.has(key) ? null : `archive/${key}`),
    ofPackage: { guide: 'GUIDE.txt', sample: sample === null ? null : 'sample/jobs.csv' },
  };
  const ofSample =
    sample === null
      ? []
      : [
          { name: 'sample/METHOD.txt', text: await renderMethod(theme, sample, { coverage, linesFile }) },
          { name: 'sample/files.txt', text: sampleFiles(sample) },
          { name: 'sample/jobs.csv', text: sampleTable(sample) },
        ];
  return [
    ...ofSample,
    { name: 'index.html', text: await renderIndex(theme, index) },
    { name: 'definitions.html', text: await renderDefinitions(theme, { kind, tool }) },
    {
      name: 'GUIDE.txt',
      text: await renderGuide(theme, {
        ...packed,
        coverage,
        periods,
        attestations,
        linesFile,
        file,
        folder,
        isZip,
        sample,
      }),
    },
  ];
}

function samplingOf({ sample, seed }: ExportOptions): ReturnType<typeof createSampling> | null {
  if (sample === undefined) {
    if (seed === undefined) return null;
    throw new Failure('usage', '--seed needs --sample as well', { hints: ['As --sample 25 --seed 7.'] });
  }
  if (seed === undefined) {
    throw new Failure('usage', '--sample needs --seed as well: without it nobody could draw the same again', {
      hints: ['As --sample 25 --seed 7. Agree on the seed with the auditor before.'],
    });
  }
  return createSampling({ size: sample, seed });
}

function noSample(kind: string): Failure {
  return new Failure('usage', `--sample: nothing is drawn from reports of the kind ${kind}`, {
    hints: ['Leave out --sample and --seed: the package has every line of the days.'],
  });
}

/** @returns whether it is a zip file; else a gzipped tar file */
function mustBePackage(out: string): boolean {
  if (/\.zip$/i.test(out)) return true;
  if (/\.(?:tar\.gz|tgz)$/i.test(out)) return false;
  throw new Failure('usage', `--out ${out}: neither .zip nor .tar.gz`, {
    hints: ['Name it as reports-2026-11.zip or reports-2026-11.tar.gz.'],
  });
}

/** All that is in the package is in a folder of this name, on machines of any kind. */
function mustBeFolderName(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(name) && !name.endsWith('.')) return name;
  throw new Failure('usage', `--out: ${JSON.stringify(name)} cannot be the name of a folder everywhere`, {
    hints: ['Use letters from A to Z, digits, dots and dashes: reports-2026-11.zip.'],
  });
}

function mustHaveReports({ coverage }: IndexMaterial): void {
  if (coverage.days.some(({ committed, damage }) => committed > 0 || damage.length > 0)) return;
  throw new Failure('usage', `there is no report from ${coverage.from} to ${coverage.to}`, {
    hints: ['`backup-report status` shows which days the archive has.'],
  });
}

/** Of all entries: when the last report was made. */
function lastMade({ coverage }: IndexMaterial): number {
  const times = coverage.days.map(({ generatedAt }) => Date.parse(generatedAt ?? ''));
  return Math.max(Date.UTC(2016, 0, 1), ...times.filter((ms) => !Number.isNaN(ms)));
}

function sampleAnswer({ size, seed, population, jobs }: ReturnType<Made['drawn'] & object>): object {
  return { size, seed, population, drawn: jobs.length };
}

function summaryOf({ coverage }: IndexMaterial, packed: PackedDays) {
  const { plan, from, to, days } = coverage;
  const damage = packed.damage.map((each) => ({
    key: each.key,
    reason: each.reason,
    words: damageInEnglish(each),
  }));
  return { plan, from, to, totals: coverageTotals(days), ...packed, damage };
}

function wordsOf(
  { coverage, periods }: IndexMaterial,
  { files, damage, leftOut, signatures }: PackedDays,
  {
    path,
    bytes,
    sha256,
    sample,
  }: {
    readonly path: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly sample: object | null;
  },
): readonly string[] {
  const { plan, from, to, days } = coverage;
  const { present, missing, unfinished, damaged, incomplete } = coverageTotals(days);
  return [
    `${plan}  ${from} to ${to}`,
    `  package    ${path} (${bytes} bytes)`,
    `  sha-256    ${sha256}`,
    `  ${count(days.length, 'day')} = ${present} present + ${missing} missing + ${unfinished} unfinished + ${damaged} damaged; ${incomplete} INCOMPLETE`,
    ...periods
      .filter(({ revision }) => revision === null)
      .map(({ period }) => `  unfinished ${period.label}: a report of this period that has no manifest`),
    `  ${count(files, 'file')} of the archive, ${count(signatures, 'signature')}`,
    ...(sample === null
      ? []
      : [
          `  sample     ${Object.entries(sample)
            .map(([name, value]) => `${name} ${String(value)}`)
            .join(', ')}`,
        ]),
    ...damage
      .slice(0, shownFiles)
      .map((each) => `  damaged    ${terminalText(each.key, Infinity)}: ${damageInEnglish(each)}`),
    ...(damage.length > shownFiles
      ? [`  damaged    and ${damage.length - shownFiles} more; GUIDE.txt names them all`]
      : []),
    ...leftOut.slice(0, shownFiles).map((key) => `  left out   ${terminalText(key, Infinity)}`),
    ...(leftOut.length > shownFiles
      ? [`  left out   and ${leftOut.length - shownFiles} more; GUIDE.txt names them all`]
      : []),
    '  -> Tell whoever gets it the sha-256 by another way. GUIDE.txt in it says how it is checked.',
  ];
}
