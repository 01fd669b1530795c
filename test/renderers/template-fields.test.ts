import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { templateFieldsDocument } from '../../src/wiring/template-fields.js';

const document = new URL('docs/template-fields.md', packageRoot);

describe('docs/template-fields.md', () => {
  it('has every field that page and mail can show, as the code gives them', async () => {
    const made = await templateFieldsDocument();
    if (process.env['UPDATE_GOLDEN'] !== undefined) await writeFile(document, made);
    expect(await readFile(document, 'utf8')).toBe(made);
    for (const field of [
      'exceptions.items[].resource.why[].sentence',
      'branding.logo',
      'workbookLink.url',
      'templateFaults[]',
    ]) {
      expect(made).toContain(`| \`${field}\``);
    }
  });

  it('is in the package', async () => {
    const { files } = JSON.parse(await readFile(new URL('package.json', packageRoot), 'utf8')) as {
      files: string[];
    };
    expect(files).toContain('docs');
  });
});
