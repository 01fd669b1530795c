import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipBatches } from '../day/revisions/unzip-lines.js';
import { artefactNames } from '../model/artefact-names.js';
import type { ReportHead } from '../model/report-head.js';
import type { MailRenderer } from '../ports/mail-renderer.js';
import type { Renderer } from '../ports/renderer.js';
import type { ArchivedDay } from './archived-day.js';
import { faultPage } from './fault-page.js';
import { mailPage } from './mail-page.js';
import { readWorkbookPage } from './read-workbook-page.js';

/** The renderers of a preview, new for each rendering: messages or the configuration may have changed. */
export interface PreviewRenderers {
  readonly page: Renderer;
  readonly workbook: Renderer;
  readonly mail: MailRenderer<ReportHead>;
  /** Whether the workbook is attached to the mail. */
  readonly attached: boolean;
}

export interface PreviewFile {
  readonly mediaType: string;
  readonly body: string | Uint8Array;
  /** Content-Security-Policy of the preview's own pages. null: the file contains its own, or needs none. */
  readonly policy: string | null;
}

/** One rendering. Each part is made when somebody asks for it, once. */
export interface Preview {
  /** null: there is no such file. */
  file(path: string): Promise<PreviewFile | null>;
  /** What of the parts that were made could not be rendered, in words, without duplicates. */
  readonly faults: readonly string[];
  /** The parts that somebody has asked for, by their first path. */
  readonly asked: ReadonlySet<string>;
}

type PreviewFiles = readonly (readonly [path: string, file: PreviewFile])[];

interface PreviewPart {
  /** The first is the one that the index shows. */
  readonly paths: readonly [string, ...string[]];
  /** What the paths of its files begin with. */
  readonly prefixes: readonly string[];
  readonly render: (renderers: PreviewRenderers) => Promise<PreviewFiles>;
}

const html = 'text/html; charset=utf-8';

/**
 * Opens a rendering of a day. A part whose templates are faulty becomes a page that says so; the other parts are not
 * affected.
 *
 * @param openRenderers throws what makes all parts fail: faulty messages, a faulty configuration
 * @param workspace an existing folder for temporary files
 * @param expected parts that are made at once, because somebody is looking at them
 * @throws the signal's reason when it is aborted
 */
export async function renderPreview(
  day: ArchivedDay,
  openRenderers: () => Promise<PreviewRenderers>,
  { workspace, signal }: { readonly workspace: string; readonly signal: AbortSignal },
  expected: ReadonlySet<string>,
): Promise<Preview> {
  const opening = openRenderers();
  opening.catch(() => undefined);
  const folder = await mkdtemp(join(workspace, 'rendering-'));
  const parts = partsOf(day, folder, signal);
  const faults = new Set<string>();
  const made = new Map<PreviewPart, Promise<ReadonlyMap<string, PreviewFile>>>();
  const make = async ({ paths, render }: PreviewPart): Promise<ReadonlyMap<string, PreviewFile>> => {
    try {
      return new Map(await render(await opening));
    } catch (error) {
      const { page, words, policy } = await faultPage(error);
      faults.add(words);
      return new Map(paths.map((path) => [path, { mediaType: html, body: page, policy }]));
    }
  };
  const makeOnce = (part: PreviewPart): Promise<ReadonlyMap<string, PreviewFile>> => {
    const known = made.get(part) ?? make(part);
    made.set(part, known);
    return known;
  };
  await Promise.all([
    opening.catch(() => undefined),
    ...parts.filter(({ paths }) => expected.has(paths[0])).map(makeOnce),
  ]);
  signal.throwIfAborted();
  const asked = new Set<string>();
  return {
    file: async (path) => {
      const part = parts.find(({ prefixes }) => prefixes.some((prefix) => path.startsWith(prefix)));
      if (part === undefined) return null;
      asked.add(part.paths[0]);
      return (await makeOnce(part)).get(path) ?? null;
    },
    get faults() {
      return [...faults].sort();
    },
    asked,
  };
}

function partsOf(day: ArchivedDay, workspace: string, signal: AbortSignal): readonly PreviewPart[] {
  const { report, revision, location, contentDigest } = day;
  const edition =
    contentDigest === undefined ? {} : { edition: { revision, contentDigest, file: artefactNames.page } };
  const input = { report, lines: () => unzipBatches(day.compressedLines), ...edition };
  const renderFile = async (renderer: Renderer): Promise<PreviewFile> => {
    const path = join(workspace, renderer.name);
    await renderer.render(input, path);
    return { mediaType: renderer.mediaType, body: await readFile(path), policy: null };
  };
  return [
    {
      paths: ['/report.html'],
      prefixes: ['/report.html'],
      render: async ({ page }) => [['/report.html', await renderFile(page)]],
    },
    {
      paths: ['/workbook.html'],
      prefixes: ['/workbook.html', '/report.xlsx'],
      render: async ({ workbook }) => {
        const file = await renderFile(workbook);
        const page = await readWorkbookPage(join(workspace, workbook.name), signal);
        return [
          ['/report.xlsx', file],
          ['/workbook.html', { mediaType: html, body: page, policy: null }],
        ];
      },
    },
    {
      paths: ['/mail.html', '/mail/body.html'],
      prefixes: ['/mail.html', '/mail/'],
      render: async ({ mail, attached }) =>
        mailFiles(await mail.renderMail({ report, revision, location, attached })),
    },
  ];
}

/** A mail runs no script and loads nothing from outside; its styles are inline, and its images are served from here. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

function mailFiles(content: Awaited<ReturnType<MailRenderer<ReportHead>['renderMail']>>): PreviewFiles {
  let body = content.html;
  const pictures = content.inline.map(({ cid, contentType, bytes }, index) => {
    const path = `/mail/picture-${index + 1}`;
    body = body.replaceAll(`cid:${cid}`, path);
    return [path, { mediaType: contentType, body: bytes, policy: null }] as const;
  });
  const { page, policy } = mailPage(content);
  return [
    ['/mail.html', { mediaType: html, body: page, policy }],
    ['/mail/body.html', { mediaType: html, body, policy: mailPolicy }],
    ['/mail/body.txt', { mediaType: 'text/plain; charset=utf-8', body: content.text, policy: null }],
    ...pictures,
  ];
}
