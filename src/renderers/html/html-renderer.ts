import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

import { explainError, Failure } from '../../errors.js';
import type { Renderer } from '../../ports.js';
import type { Look } from '../look.js';
import { reportView } from './report-view.js';
import { loadTemplate, readTemplateFile } from './template.js';

/** Renders report.html: one page that needs nothing from anywhere, neither network nor script. */
export function createHtmlRenderer(look: Look): Renderer {
  const templatesDirectory = pathToFileURL(`${look.data.folders[0]}/`);
  return {
    name: 'report.html',
    mediaType: 'text/html; charset=utf-8',
    async render({ report }, path) {
      const template = await loadTemplate(templatesDirectory, 'report.html.hbs');
      const style = styleElementText(await readTemplateFile(templatesDirectory, 'report.css'));
      const page = template({ ...reportView(report), style, policy: contentSecurityPolicy(style) });
      try {
        await writeFile(path, page, 'utf8');
      } catch (error) {
        throw new Failure('storage', `cannot write ${path}: ${explainError(error)}`, { cause: error });
      }
    },
  };
}

/** The page may use this one style and data: pictures. Whatever a name smuggles in, it loads and runs nothing. */
function contentSecurityPolicy(style: string): string {
  const hash = createHash('sha256').update(style, 'utf8').digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

/** The style goes in unescaped, so that its hash holds; it must not be able to end its own element. */
function styleElementText(css: string): string {
  if (/<\/style/i.test(css)) throw new Failure('usage', 'template report.css: it must not contain "</style"');
  return `\n${css.trim()}\n`;
}
