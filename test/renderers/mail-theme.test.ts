import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../src/package-root.js';
import type { MailContent } from '../../src/ports/mail-renderer.js';
import { type Theme, noBranding, openTheme } from '../../src/renderers/theme.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { backupMail } from '../support/backup-renderers.js';
import { mailFleet } from '../support/mail-fleet.js';
import { incompleteParts, sampleReport } from '../support/sample-report.js';
import { englishTheme, makeTheme } from '../support/theme.js';

const input = { revision: 1, location: '/srv/reports/report.html', attached: false };

async function mail(
  theme: Theme,
  language: 'en' | 'de' = 'en',
  over: Partial<DailyReport> = {},
): Promise<MailContent> {
  return backupMail(theme).renderMail({ ...input, report: { ...mailFleet(language), ...over } });
}

describe("a company's own", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mail-look-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function own(name: string, text: string): Promise<Theme> {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    return makeTheme('en', folder);
  }

  it('subject, and nothing else', async () => {
    const theme = await own('mail-subject.hbs', 'Backups {{day}}: {{verdict}}\n');
    const { subject, text, html } = await mail(theme);
    expect(subject).toBe('Backups 2026-11-19: NON-COMPLIANT');
    expect({ text, html }).toEqual(
      await mail(englishTheme).then((each) => ({ text: each.text, html: each.html })),
    );
  });

  it('text part', async () => {
    const { text } = await mail(await own('mail.txt.hbs', '{{number 1049}} {{exceptions.total}}'));
    expect(text).toBe('1,049 3');
  });

  it('HTML, with the rules of the shipped mail.css', async () => {
    const { html } = await mail(await own('mail.html.hbs', '<p class="soft">{{headline}}</p>'));
    expect(html).toContain('<p class="soft" style="color:#566274;font-size:13px">At least 3 of 12');
  });

  it('rules, inlined into the shipped HTML', async () => {
    const { html } = await mail(
      await own('mail.css', '.name { color: #123456; } @media print { a { color: red; } }'),
    );
    expect(html).toContain('<h2 class="name" style="color:#123456">ORDERS</h2>');
    expect(html).toContain('@media print');
    expect(html).not.toContain('prefers-color-scheme');
  });

  it('words', async () => {
    const theme = await own('messages/en/mail.yaml', 'mail: { exception: { whatToDo: "To do now" } }');
    const { html, text } = await mail(theme);
    for (const part of [html, text]) expect(part.match(/To do now:/g)).toHaveLength(3);
  });

  it.each(['mail-subject.hbs', 'mail.txt.hbs', 'mail.html.hbs'])(
    'fault in %s is told with its place, and the shipped one is used',
    async (name) => {
      const { templateFaults, ...content } = await mail(await own(name, 'fine\n  {{nothing}}\n'));
      expect(templateFaults).toEqual([
        { file: name, place: expect.stringMatching(/^2:/), words: expect.stringContaining('nothing') },
      ]);
      const shipped = await mail(englishTheme);
      expect(content.subject).toBe(shipped.subject);
      for (const part of [content.html, content.text]) expect(part).toContain('ORDERS');
    },
  );

  it('name, accent and footer', async () => {
    const branding = { ...noBranding, company: 'A <b>\u202e', accent: '#c74634', footer: 'Internal & <i>' };
    const { html, text } = await mail(openTheme({ ...englishTheme.data, branding }));
    expect(html).toContain('border-bottom:3px solid #c74634">A &lt;b&gt;[U+202E]</td>');
    expect(html).toContain('Internal &amp; &lt;i&gt;');
    expect(text.startsWith('A <b>[U+202E]\n')).toBe(true);
    expect(text.trimEnd().endsWith('Internal & <i>')).toBe(true);
  });
});

describe('a mail in German', () => {
  it('has no word of the English catalogue', async () => {
    const { subject, text, html } = await mail(await makeTheme('de'), 'de');
    const german = wordsOf(await catalogue('de'));
    const english = [...wordsOf(await catalogue('en'))].filter((word) => !german.has(word));
    const alternatives = [...html.matchAll(/alt="([^"]*)"/g)].map(([, words = '']) => words);
    const body = html.slice(html.indexOf('<body')).replaceAll(/<[^>]*>/g, ' ');
    const shown = wordsOf([subject, text, body, ...alternatives]);
    expect(english.length).toBeGreaterThan(100);
    // Types of resources are shown as events have them.
    expect(english.filter((word) => shown.has(word) && word !== 'database')).toEqual([]);
  });

  it('writes dates and numbers as German does', async () => {
    const { text, html } = await mail(await makeTheme('de'), 'de');
    for (const part of [text, html]) {
      expect(part).toContain('18.11.2026 02:12 GMT-5');
      expect(part).toContain('1.049 gelesen');
      // A cold start, which knows no whole to have a share of.
      expect(percentagesOf(part)).toEqual(new Set());
      expect(part).toContain('7 von 11 bekannten');
      expect(part).not.toMatch(/\d{4}-\d\d-\d\d/);
    }
    expect(html).toContain('<html lang="de">');
  });

  it('writes a percentage as German does, and in one form', async () => {
    const { previousReport } = sampleReport(incompleteParts());
    const { subject, text, html } = await mail(await makeTheme('de'), 'de', { previousReport });
    for (const part of [text, html]) expect(percentagesOf(part)).toEqual(new Set(['63,64\u00a0%']));
    expect(percentagesOf(subject)).toEqual(new Set());
  });

  it('lacks no message, and each asks for the same values', async () => {
    const [english, german] = [await messages('en'), await messages('de')];
    expect([...german.keys()]).toEqual([...english.keys()]);
    for (const [key, message] of german) {
      expect([key, placeholders(message)]).toEqual([key, placeholders(english.get(key) ?? '')]);
    }
  });
});

/** Texts of a catalogue by key, of one area. */
async function messages(tag: string, area = 'mail'): Promise<ReadonlyMap<string, string>> {
  const path = new URL(`templates/messages/${tag}/${area}.yaml`, packageRoot);
  const found = new Map<string, string>();
  const walk = (node: unknown, key: string): void => {
    if (typeof node === 'string') found.set(key, node);
    else for (const [name, inner] of Object.entries(node ?? {})) walk(inner, `${key}.${name}`);
  };
  walk(parse(await readFile(path, 'utf8')), '');
  return found;
}

async function catalogue(tag: string): Promise<readonly string[]> {
  const areas = await Promise.all(['common', 'causes', 'mail'].map((area) => messages(tag, area)));
  return areas
    .flatMap((area) => [...area.values()])
    .map((message) => message.replaceAll(/\{\w+(?=[,}])|plural/g, ' '));
}

/** Words of three letters or more. A file name or an address is no word. */
function wordsOf(texts: readonly string[]): Set<string> {
  const words = texts.flatMap((text) => text.replaceAll(/\S*[@._/*]\S+/g, ' ').match(/\p{L}{3,}/gu) ?? []);
  return new Set(words.map((word) => word.toLowerCase()));
}

function placeholders(message: string): readonly string[] {
  // What follows `one` or `other` is a word of its own.
  const places = message.matchAll(/(?<!\b(?:one|other) )\{(\w+)[,}]/g);
  return [...new Set([...places].map(([, name = '']) => name))].sort();
}

/** As a reader sees them. */
function percentagesOf(part: string): ReadonlySet<string> {
  const shown = part.replaceAll(/<style[^]*?<\/style>|<[^>]*>/g, ' ');
  return new Set([...shown.matchAll(/[\d.,]+\s?%/g)].map(([percentage]) => percentage));
}
