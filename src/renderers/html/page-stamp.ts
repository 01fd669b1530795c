import { escapeHtml } from '../../base/escape.js';
import { type ReportStamp, stampPrefix } from '../../model/report-stamp.js';

/** The head of a page begins within this. */
const searchedChars = 64 * 1024;

/**
 * The page with its stamp as `<meta>` elements in its head: after the element that names its encoding, which has to stand
 * within the first kilobyte, else at the beginning of the head.
 */
export function withPageStamp(page: string, stamp: ReportStamp): string {
  const at = placeOfStamp(page.slice(0, searchedChars));
  return `${page.slice(0, at)}\n${metaElements(stamp)}${page.slice(at)}`;
}

function metaElements(stamp: ReportStamp): string {
  return [...stamp]
    .map(([name, value]) => `<meta name="${stampPrefix}${escapeHtml(name)}" content="${escapeHtml(value)}">`)
    .join('\n');
}

/** A template may leave out head and html: then it stands after what comes before them. */
function placeOfStamp(beginning: string): number {
  const text = beginning.replace(/<!--[\s\S]*?-->/g, (comment) => ' '.repeat(comment.length));
  const body = text.search(/<\/head\b|<body\b/i);
  const head = body < 0 ? text : text.slice(0, body);
  for (const element of [
    /<meta\b[^>]*\bcharset\b[^>]*>/i,
    /<head\b[^>]*>/i,
    /<html\b[^>]*>/i,
    /<!doctype\b[^>]*>/i,
  ]) {
    const found = element.exec(head);
    if (found !== null) return found.index + found[0].length;
  }
  return 0;
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

/** The stamp of an archived page; null: it carries none, as those of earlier versions. */
export function readPageStamp(bytes: Uint8Array): ReportStamp | null {
  const stamp = new Map<string, string>();
  const page = new TextDecoder().decode(bytes);
  for (const [, name = '', content = ''] of page.matchAll(
    /<meta name="backup-report\.([^"]*)" content="([^"]*)">/g,
  )) {
    // Text is escaped: only the engine and a template write elements. The engine's stand first.
    if (!stamp.has(name))
      stamp.set(
        name,
        content.replace(/&(?:amp|lt|gt|quot|#x27);/g, (each) => entities[each] ?? each),
      );
  }
  return stamp.size === 0 ? null : stamp;
}
