import { escapeHtml } from '../base/escape.js';
import { hashSource } from '../base/hash-source.js';
import { Failure, explainError } from '../errors.js';
import { TemplateFailure, templateFaultText } from '../model/template-fault.js';
import { readRegularFile } from '../files/regular-file.js';

const faultStyle = `
:root { color-scheme: light dark; }
body { margin: 2rem; font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.3rem; }
strong { white-space: pre-wrap; overflow-wrap: anywhere; }
pre { padding: 1rem; border: 1px solid #888; overflow-x: auto; }
mark { background: #ffd54d; color: #000; }
`;

const faultPolicy = `default-src 'none'; style-src ${hashSource(faultStyle)}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;

/** How many lines to show before and after the fault. */
const shownAround = 3;
const excerptChars = 200;

/** A page that replaces what could not be rendered, and says what is wrong and where. */
export async function faultPage(
  error: unknown,
): Promise<{ readonly page: string; readonly words: string; readonly policy: string }> {
  const words = explainError(error);
  const hints = error instanceof Failure ? error.hints : [];
  const others = error instanceof TemplateFailure ? error.faults.slice(1) : [];
  const excerpt = await excerptOf(words);
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Not rendered</title>
<style>${faultStyle}</style>
</head>
<body>
<h1>This cannot be rendered</h1>
<p><strong>${escapeHtml(words)}</strong></p>
${excerpt === null ? '' : `<pre>${excerpt}</pre>`}
${others.map((fault) => `<p>${escapeHtml(templateFaultText(fault))}</p>`).join('\n')}
${hints.map((hint) => `<p>${escapeHtml(hint)}</p>`).join('\n')}
<p>It is rendered again when a file is saved.</p>
</body>
</html>
`;
  return { page, words, policy: faultPolicy };
}

/** The lines around the place that a template fault names, with the faulty one marked; null where it names none. */
async function excerptOf(words: string): Promise<string | null> {
  const [, path = '', line = ''] = /^template (.+?):(\d+)(?::\d+)?: /.exec(words) ?? [];
  if (path === '') return null;
  const bytes = await readRegularFile(path).catch(() => null);
  if (bytes === null) return null;
  const fault = Number(line);
  const first = Math.max(1, fault - shownAround);
  const lines = bytes
    .toString('utf8')
    .split('\n')
    .slice(first - 1, fault + shownAround);
  return lines
    .map((each, index) => {
      const shown = `${String(first + index).padStart(5)}  ${escapeHtml(each.slice(0, excerptChars))}`;
      return first + index === fault ? `<mark>${shown}</mark>` : shown;
    })
    .join('\n');
}
