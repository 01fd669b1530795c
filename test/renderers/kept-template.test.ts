import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createKeptTemplates } from '../../src/renderers/xlsx/template/kept-template.js';
import { readWorkbookTemplate } from '../../src/renderers/xlsx/template/find-template.js';
import { templateModelOf } from '../../src/renderers/xlsx/template/read-template.js';
import { templatesFolder } from '../support/theme.js';

const bytes = await readFile(join(templatesFolder, 'report.xlsx'));
/** Bytes after the end of a zip are no part of it: another file with the same content. */
const edited = Buffer.concat([bytes, Buffer.from([0])]);
const model = await templateModelOf(bytes, 'report.xlsx');

describe('the model of the workbook’s template', () => {
  it('of the shipped one is made when the tool is built', () => {
    expect(createKeptTemplates().find(bytes)).toEqual(model);
  });

  it('of an edited one is not taken for it', () => {
    expect(createKeptTemplates().find(edited)).toBeNull();
  });

  it('of a company’s own is made once, and nothing that is done to it shows in the next workbook', async () => {
    const kept = createKeptTemplates();
    kept.add(edited, model);
    const first = kept.find(edited);
    Object.assign(first?.sheets[0] ?? {}, { name: 'changed' });
    expect(kept.find(edited)).toEqual(model);
    const files = { read: async () => ({ path: 'ours.xlsx', bytes: edited }) };
    expect(await readWorkbookTemplate(files, kept)).toEqual({ ...model, path: 'ours.xlsx' });
  });

  it('is kept by the reader itself', async () => {
    const kept = createKeptTemplates();
    await readWorkbookTemplate({ read: async () => ({ path: 'ours.xlsx', bytes: edited }) }, kept);
    expect(kept.find(edited)).toEqual(model);
  });
});
