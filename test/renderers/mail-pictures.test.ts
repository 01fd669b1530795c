import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { MailContent } from '../../src/ports/mail-renderer.js';
import { noBranding, openTheme } from '../../src/renderers/theme.js';
import type { Branding } from '../../src/renderers/view/branding.js';
import { backupMail } from '../support/backup-renderers.js';
import { mailFleet } from '../support/mail-fleet.js';
import { decodePng, pngOfSize } from '../support/png.js';
import { englishTheme } from '../support/theme.js';

const renderer = new URL('../../src/renderers/email/mail-renderer.js', import.meta.url);

async function mail(branding: Partial<Branding> = {}, report = mailFleet('en')): Promise<MailContent> {
  const theme = openTheme({ ...englishTheme.data, branding: { ...noBranding, ...branding } });
  return backupMail(theme).renderMail({ report, revision: 1, location: '/srv/x', attached: false });
}

function logo(mediaType: string, bytes: Buffer | string): Partial<Branding> {
  return { company: 'Example & Co', logo: { mediaType, base64: Buffer.from(bytes).toString('base64') } };
}

function jpegOfSize(width: number, height: number): Buffer {
  const frame = Buffer.from([0xff, 0xc2, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255]);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff]), frame, Buffer.alloc(20)]);
}

const drawn =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="60" height="20" fill="red"/></svg>';
const written =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><text y="15">Example</text></svg>';

describe('the logo of a company', () => {
  it('is the only picture: without it there is none', async () => {
    const { html, inline } = await mail();
    expect(inline).toEqual([]);
    expect(html).not.toContain('<img');
  });

  it('is drawn by nothing that is loaded before a mail is made', async () => {
    const ask = `await import(${JSON.stringify(renderer.href)});
      console.log(process.report.getReport().sharedObjects.some((each) => each.includes('resvg')));`;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', ask]);
    expect(stdout.trim()).toBe('false');
  });

  it.each([
    ['PNG', 'image/png', pngOfSize(800, 160), 'logo.png', 200, 40],
    ['PNG smaller than its room', 'image/png', pngOfSize(30, 20), 'logo.png', 30, 20],
    ['tall PNG', 'image/png', pngOfSize(100, 480), 'logo.png', 10, 48],
    ['JPEG', 'image/jpeg', jpegOfSize(400, 300), 'logo.jpg', 64, 48],
    ['SVG', 'image/svg+xml', drawn, 'logo.png', 144, 48],
  ])('is a part of the message: %s', async (_what, mediaType, bytes, filename, width, height) => {
    const { html, inline } = await mail(logo(mediaType, bytes));
    const part = inline.find((each) => each.filename === filename);
    expect(inline).toHaveLength(1);
    expect(html).toContain(
      `<img src="cid:${part?.cid}" width="${width}" height="${height}" alt="Example &amp; Co"`,
    );
  });

  it('drawn from an SVG is a PNG of twice the pixels that it is shown in', async () => {
    const { inline } = await mail(logo('image/svg+xml', drawn));
    const { width, height } = decodePng(Buffer.from(inline[0]?.bytes ?? []));
    expect([width, height]).toEqual([288, 96]);
  });

  it.each([
    ['an SVG with text, whose font no two machines share', 'image/svg+xml', written],
    ['an SVG that cannot be read', 'image/svg+xml', '<svg'],
    ['a PNG that is none', 'image/png', 'GIF89a'],
    ['a JPEG that ends early', 'image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff])],
  ])('gives way to its name: %s', async (_what, mediaType, bytes) => {
    const { html, inline } = await mail(logo(mediaType, bytes));
    expect(inline.map(({ filename }) => filename)).toEqual([]);
    expect(html).toMatch(/class="brand"[^>]*>Example &amp; Co</);
  });
});
