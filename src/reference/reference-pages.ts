import type { Command } from 'commander';
import { kindsOfPlans } from '../config/kinds-of-plans.js';
import { commandPage } from './command-page.js';
import { configurationPage } from './configuration-page.js';
import { configurationJsonSchema } from './configuration-schema.js';
import { reportPage } from './report-page.js';

/** The generated part of a page of docs/. */
export interface ReferencePage {
  readonly page: string;
  readonly text: string;
}

const begin = '<!-- generated: npm run reference -->';
const end = '<!-- end of what is generated -->';

/** What docs say of the code, made from the code. @param program the whole command line */
export async function referencePages(program: Command): Promise<readonly ReferencePage[]> {
  return [
    { page: 'configuration.md', text: configurationPage(configurationJsonSchema(kindsOfPlans)) },
    { page: 'cli.md', text: commandPage(program) },
    { page: 'report-reference.md', text: await reportPage() },
  ];
}

/** A page with the generated part in place of the one that it has. @throws Error where its marks are missing */
export function withGenerated(page: string, text: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`a page needs the lines ${begin} and ${end}`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}
