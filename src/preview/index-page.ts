import { escapeHtml } from '../base/escape.js';
import type { ReportHead } from '../model/report-head.js';

export const indexPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const tabs = [
  { id: 'page', words: 'Page', path: '/report.html' },
  { id: 'mail', words: 'Mail', path: '/mail.html' },
  { id: 'workbook', words: 'Workbook', path: '/workbook.html' },
] as const;

/** The frame around page, mail and workbook. The script that reloads them is here, so that they stay as archived. */
export function indexPage({ plan, reportDay }: ReportHead, revision: number): string {
  const links = tabs.map(({ id, words }) => `<a href="#${id}" id="tab-${id}">${words}</a>`);
  const frames = tabs.map(
    ({ id, words, path }) => `<iframe id="frame-${id}" data-path="${path}" title="${words}"></iframe>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Preview: ${escapeHtml(plan)} ${escapeHtml(reportDay.date)}</title>
<link rel="stylesheet" href="/preview.css">
<script src="/preview.js" defer></script>
</head>
<body>
<header>
<strong>${escapeHtml(plan)}, ${escapeHtml(reportDay.date)}, revision ${revision}</strong>
<nav>${links.join('\n')}<a href="/report.xlsx" download>report.xlsx</a></nav>
<span id="state" role="status"></span>
</header>
<main>
${frames.join('\n')}
</main>
</body>
</html>
`;
}

export const indexStyle = `:root { color-scheme: light dark; }
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; font: 15px/1.4 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; padding: 0.5rem 1rem; border-bottom: 1px solid #888; }
nav { display: flex; gap: 1rem; }
a[aria-current] { font-weight: bold; text-decoration: none; }
main { flex: 1; position: relative; }
iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; background: #fff; visibility: hidden; }
iframe.shown { visibility: visible; }
`;

/**
 * Runs in the browser. A frame is loaded when it is shown, and what is shown is reloaded in place, so that it keeps its
 * scroll position: what nobody looks at is not rendered.
 */
export const indexScript = `'use strict';
const names = ['page', 'mail', 'workbook'];
const state = document.getElementById('state');
let known = null;
function load(frame) {
  const loaded = frame.dataset.number;
  frame.dataset.number = String(known);
  if (loaded === undefined) frame.src = frame.dataset.path;
  else if (loaded !== String(known) && loaded !== 'null') frame.contentWindow.location.reload();
}
function show() {
  const asked = location.hash.slice(1);
  const shown = names.includes(asked) ? asked : names[0];
  for (const name of names) {
    const frame = document.getElementById('frame-' + name);
    frame.classList.toggle('shown', name === shown);
    if (name === shown) load(frame);
    const tab = document.getElementById('tab-' + name);
    if (name === shown) tab.setAttribute('aria-current', 'page');
    else tab.removeAttribute('aria-current');
  }
}
addEventListener('hashchange', show);
show();
const events = new EventSource('/events');
events.addEventListener('rendered', (event) => {
  const { number, faults } = JSON.parse(event.data);
  state.textContent = faults === 0 ? '' : 'A template has a fault: see the terminal.';
  const isFirst = known === null;
  known = number;
  if (isFirst) {
    for (const frame of document.querySelectorAll('iframe[src]')) frame.dataset.number = String(number);
  }
  show();
});
events.addEventListener('error', () => {
  state.textContent = 'The preview has ended.';
});
`;
