import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../src/config/load.js';
import { type Theme, openTheme } from '../../src/renderers/theme.js';
import { loadTheme } from '../../src/wiring/wire-theme.js';
import { defaultConfiguration } from '../support/cli.js';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'look-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function themeOf(
  lines: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<Theme> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
  const path = join(directory, 'backup-report.yaml');
  await writeFile(path, `${defaultConfiguration}${lines}\n`);
  const loaded = await loadConfiguration(path);
  return loadTheme(loaded.configuration, loaded.directory);
}

describe('the look of a configuration', () => {
  it('is English, without a brand, where nothing is said', async () => {
    const { data, branding } = await themeOf('');
    expect(data.language.tag).toBe('en');
    expect(data.folders).toHaveLength(1);
    expect(branding).toEqual({ company: null, logo: null, accent: null, footer: null });
  });

  it('has the company’s own, paths relative to the configuration', async () => {
    const { data, branding } = await themeOf(
      "language: de\ntemplates: .\nbranding: { company: Example, logo: logo.png, accent: '#c74634', footer: Internal }",
      { 'logo.png': png },
    );
    expect(data.language.tag).toBe('de');
    expect(data.folders.at(-1)).toBe(directory);
    expect(branding).toEqual({
      company: 'Example',
      logo: { mediaType: 'image/png', base64: png.toString('base64') },
      accent: '#c74634',
      footer: 'Internal',
    });
  });

  it.each([
    ['', 'https://cloud.oracle.com/search?q=ID&region=us-ashburn-1'],
    [
      'consoleUrl: https://console.example.com/x/',
      'https://console.example.com/x/search?q=ID&region=us-ashburn-1',
    ],
    ['consoleUrl: none', null],
    ['consoleUrl: false', null],
  ])('links to the console as %j says: %s', async (line, link) => {
    const { wording, data } = await themeOf(line);
    const id = 'ocid1.database.oc1.iad.a';
    expect(wording.consoleLink(id)).toBe(link?.replace('ID', id) ?? null);
    // The thread of the workbook makes its theme of the data, sent over as a message.
    expect(openTheme(structuredClone(data)).wording.consoleLink(id)).toBe(link?.replace('ID', id) ?? null);
  });

  it.each([
    ['logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
    ['logo.JPEG', Buffer.from('ffd8ffe000104a464946', 'hex'), 'image/jpeg'],
  ])('takes %s', async (name, content, mediaType) => {
    const { branding } = await themeOf(`branding: { logo: ${name} }`, { [name]: content });
    expect(branding.logo?.mediaType).toBe(mediaType);
  });

  it.each([
    ['branding: { logo: logo.gif }', /branding\.logo: must be a \.png, \.jpg or \.svg file/],
    ['branding: { logo: nowhere.png }', /branding\.logo: cannot read .*nowhere\.png: it does not exist/],
    ['branding: { logo: large.png }', /branding\.logo: .*large\.png has 65537 bytes, at most 65536/],
    ['branding: { logo: page.png }', /branding\.logo: .*page\.png is no PNG picture/],
    ['branding: { logo: empty.svg }', /branding\.logo: .*empty\.svg is no SVG picture/],
    ['consoleUrl: http://console.example.com', /consoleUrl: must be a URL with https:\/\/, or none/],
    ['consoleUrl: true', /consoleUrl: must be a URL with https:\/\/, or none/],
    ['consoleUrl: "javascript:alert(1)"', /consoleUrl: must be a URL with https:\/\/, or none/],
    ['publicUrl: http://reports.example.com', /publicUrl: must be a URL with https:\/\//],
    ['publicUrl: https://reports.example.com/?a=b', /publicUrl: must not have \? or #/],
    ['branding: { accent: red }', /branding\.accent: must be a colour such as '#c74634'/],
    ['branding: { color: red }', /branding\.color: this version knows no such key/],
    ['language: English!', /language: must be a language such as en or de/],
    ['language: ../en', /language: must be a language such as en or de/],
    ['language: tlh', /language: there are no messages for tlh/],
    ['templates: ./nowhere', /templates: cannot read the folder .*nowhere: it does not exist/],
    ['templates: ./page.png', /templates: cannot read the folder .*page\.png: .*a file, not a directory/],
  ])('%s is an error of the configuration', async (lines, message) => {
    const files = {
      'large.png': Buffer.concat([png, Buffer.alloc(64 * 1024 - png.length + 1)]),
      'page.png': '<html>',
      'empty.svg': '',
    };
    await expect(themeOf(lines, files)).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(message),
    });
  });
});
