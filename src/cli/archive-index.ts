import { relative, resolve } from 'node:path';
import { count } from '../base/english.js';
import { locateFile } from '../day/delivery/report-place.js';
import { Failure } from '../errors.js';
import { createFolderPages } from '../export/folder-pages.js';
import { coverageTotals } from '../model/archive-coverage.js';
import type { Log } from '../ports/log.js';
import type { PageStore } from '../ports/page-store.js';
import { generationTime } from '../wiring/generation-time.js';
import type { KindRegistry } from '../wiring/report-kinds.js';
import { renderDefinitions, renderIndex } from '../wiring/wire-archive-pages.js';
import { wireBucketPages } from '../wiring/wire-page-store.js';
import { type ArchiveOptions, exitCodeOfCoverage, mustBeOutside } from './archive-choice.js';
import { type IndexMaterial, readIndexMaterial } from './index-material.js';
import { type Output, createLog } from './output.js';

export interface IndexOptions extends ArchiveOptions {
  readonly out?: string;
  readonly bucket?: string;
  readonly prefix?: string;
  readonly json?: boolean;
  readonly logLevel: string;
}

const html = 'text/html; charset=utf-8';

/**
 * `backup-report index`: a page that leads to every day of an archive. Returns the exit code: 6 for damage, 3 for days that
 * are missing or INCOMPLETE.
 */
export async function index(options: IndexOptions, output: Output, kinds?: KindRegistry): Promise<number> {
  if ((options.out === undefined) === (options.bucket === undefined)) {
    throw new Failure('usage', 'index needs either --out or --bucket', {
      hints: ['A folder: --out ./public. A second bucket: --bucket backup-index.'],
    });
  }
  const log = await createLog(options.logLevel);
  const nowMs = generationTime(process.env, Date.now(), null);
  const material = await readIndexMaterial(options, nowMs, log, kinds);
  const { theme, coverage, periods, attestations, subjects, kind, tool } = material;
  const store = await storeOf(options, material, log);
  const hrefOf = linksOf(options, material);
  const damage = [...coverage.days, ...periods].flatMap((each) => each.damage);
  const page = await renderIndex(theme, {
    coverage,
    periods,
    attestations,
    subjects,
    kind,
    tool,
    damage,
    hrefOf,
    leftOut: coverage.foreign,
    ofPackage: null,
  });
  await store.put('definitions.html', await renderDefinitions(theme, { kind, tool }), html);
  await store.put('index.html', page, html);
  const { plan, from, to, days } = coverage;
  const location = store.locate('index.html');
  const answer = { plan, from, to, totals: coverageTotals(days), location };
  output.answer(
    options.json === true
      ? JSON.stringify(answer)
      : `${plan}  ${from} to ${to}, ${count(days.length, 'day')}\n  page       ${location}`,
  );
  return exitCodeOfCoverage(coverage, periods);
}

async function storeOf(
  { out, bucket, prefix = '' }: IndexOptions,
  { place }: IndexMaterial,
  log: Log,
): Promise<PageStore> {
  if (bucket !== undefined) return wireBucketPages(place.loaded, { bucket, prefix }, log);
  const folder = resolve(out ?? '.');
  await mustBeOutside(place.directory, folder);
  return createFolderPages(folder);
}

/** By the address of the archive where the plan has one; beside each other on a disk the pages find it by its folder. */
function linksOf({ out }: IndexOptions, { place }: IndexMaterial): (key: string) => string | null {
  const publicUrl = place.loaded?.configuration.publicUrl;
  if (publicUrl !== undefined) return (key) => locateFile({ publicUrl }, place.archive, key);
  const { directory } = place;
  if (out === undefined || directory === null) return () => null;
  const way = relative(resolve(out), directory).split(/[\\/]/).map(encodeURIComponent);
  return (key) => [...way, ...key.split('/').map(encodeURIComponent)].join('/');
}
