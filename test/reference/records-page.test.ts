import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { Project } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';

const page = await readFile(new URL('docs/configuration.md', packageRoot), 'utf8');
const [, section = ''] = page.split('\n## What records may look like\n');
const blockOf = (language: string): string =>
  new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(section)?.[1] ?? '';

it('docs/configuration.md has events and an inventory from which a report is made, one backed up and one missed', async () => {
  const project = await Project.create(
    { 'events/sales.ndjson': blockOf('json') },
    `plan: by-the-page
timezone: UTC
sources: [{ type: local-files, paths: [./events] }]
inventory: { type: file, path: ./inventory.csv }
archive: { type: file-system, directory: ./reports }
`,
  );
  try {
    await writeFile(join(project.directory, 'inventory.csv'), blockOf('csv'));
    const { code, stdout } = await mainHere(
      ['run', '--date', '2026-11-18', '--json', '--quiet'],
      project.directory,
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'COMPLETE',
      totals: { expected: 2, compliant: 1, nonCompliant: 1 },
    });
  } finally {
    await project.remove();
  }
});
