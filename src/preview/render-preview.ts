import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipBatches } from '../day/revisions/unzip-lines.js';
import { artefactNames } from '../model/artefact-names.js';
import type { ReportHead } from '../model/report-head.js';
import type { MailRenderer, Renderer } from '../ports.js';
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

/** One rendering: the files by path, and what could not be rendered. */
export interface Preview {
  readonly files: ReadonlyMap<string, PreviewFile>;
  /** What went wrong, in words, without duplicates. */
  readonly faults: readonly string[];
}

type PreviewFiles = readonly (readonly [path: string, file: PreviewFile])[];

interface PreviewPart {
  /** The first is the one that the index shows. */
  readonly paths: readonly [string, ...string[]];
  readonly render: (renderers: PreviewRenderers) => Promise<PreviewFiles>;
}

const html = 'text/html; charset=utf-8';

/**
 * Renders a day. A part whose templates are faulty becomes a page that says so; the other parts are not affected.
 *
 * @param openRenderers throws what makes all parts fail: faulty messages, a faulty configuration
 * @param workspace an existing folder for temporary files
 * @throws the signal's reason when it is aborted
 */
export async function renderPreview(
  day: ArchivedDay,
  openRenderers: () => Promise<PreviewRenderers>,
  workspace: string,
  signal: AbortSignal,
): Promise<Preview> {
  const opening = openRenderers();
  opening.catch(() => undefined);
  const files = new Map<string, PreviewFile>();
  const faults: string[] = [];
  await Promise.all(
    partsOf(day, workspace, signal).map(async ({ paths, render }) => {
      try {
        for (const [path, file] of await render(await opening)) files.set(path, file);
      } catch (error) {
        const { page, words, policy } = await faultPage(error);
        faults.push(words);
        for (const path of paths) files.set(path, { mediaType: html, body: page, policy });
      }
    }),
  );
  signal.throwIfAborted();
  return { files, faults: [...new Set(faults)].sort() };
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
      render: async ({ page }) => [['/report.html', await renderFile(page)]],
    },
    {
      paths: ['/workbook.html'],
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
