import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import juice from 'juice';
import { describe, expect, it } from 'vitest';
import { inlineStyles, readStyleSheet } from '../../src/renderers/email/inline-styles.js';
import { englishTheme, templatesFolder } from '../support/theme.js';

const run = promisify(execFile);

const sheet = await readStyleSheet(englishTheme.files, '#224466');

/** Of markup without spaces that we take out of styles. */
const documents: readonly string[] = [
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>a</title></head><body><p>b</p></body></html>',
  '<p>void<br>elements<hr><img src="cid:logo" alt="a" width="10"></p>',
  '<p title="&quot;a&quot; &amp; &lt;b&gt;">&lt;script&gt; &amp;amp; &#39;a&#39; é ‮ 中</p>',
  '<table><tr><td>not closed<td>either</table>',
  '<style>p { color: red } @media (max-width: 600px) { p { color: blue } }</style><p>own rules</p>',
  '<!--[if mso]><table><tr><td><![endif]--><p>comment</p><!--[if mso]></td></tr></table><![endif]-->',
  '',
];

describe('styles of the mail', () => {
  it.each(documents)('are put into elements as juice itself does: %s', (html) => {
    const css = 'p, td { color: #123456; margin:0 } p { color: var(--accent) } :root { --accent: #224466 }';
    const expected = juice(html, { extraCss: css, preserveImportant: false });
    expect(withoutSpaces(inlineStyles(html, { ...sheet, css }))).toBe(withoutSpaces(expected));
  });

  it('two braces of a name are no placeholder', () => {
    expect(inlineStyles('<b>{{a</b><b>b}}</b>', { ...sheet, css: '' })).toBe(
      '<b>&#123;&#123;a</b><b>b}}</b>',
    );
  });

  it('need neither an HTTP client nor a second parser', async () => {
    const script = `
      import { createRequire } from 'node:module';
      const { readStyleSheet, inlineStyles } = await import(${ownModule('renderers/email/inline-styles.js')});
      const { openTheme, noBranding } = await import(${ownModule('renderers/theme.js')});
      const folders = [${JSON.stringify(templatesFolder)}];
      const language = { tag: 'en', messages: {}, fallback: {} };
      const { files } = openTheme({ folders, language, branding: noBranding });
      inlineStyles('<p>a</p>', await readStyleSheet(files, null));
      console.log(JSON.stringify(Object.keys(createRequire(import.meta.url).cache)));
    `;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
    const loaded: readonly string[] = JSON.parse(stdout);
    expect(loaded).toContainEqual(expect.stringContaining('juice'));
    expect(loaded.filter((path) => /undici|parse5|web-resource-inliner/.test(path))).toEqual([]);
  });
});

function withoutSpaces(html: string): string {
  return html.replaceAll(/\s+|;(?=")/g, '');
}

/** Written into a script. */
function ownModule(path: string): string {
  return JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href);
}
