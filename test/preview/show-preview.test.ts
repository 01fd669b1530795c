import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailRenderer } from '../../src/ports/mail-renderer.js';
import type { Renderer } from '../../src/ports/renderer.js';
import type { ArchivedDay } from '../../src/preview/archived-day.js';
import type { PreviewRenderers } from '../../src/preview/render-preview.js';
import { type PreviewMaterial, type PreviewOptions, showPreview } from '../../src/preview/show-preview.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { sampleReport } from '../support/sample-report.js';

const day: ArchivedDay = {
  report: sampleReport(),
  revision: 1,
  location: '/srv/reports',
  compressedLines: gzipSync(''),
};

const page: Renderer = {
  name: 'report.html',
  mediaType: 'text/html',
  render: (_input, path) => writeFile(path, 'the page'),
};
/** No workbook: its part of the preview says so, the others are shown. */
const workbook: Renderer = { ...page, name: 'report.xlsx' };
const mail: MailRenderer<DailyReport> = {
  renderMail: async () => ({ subject: 'A subject', html: '<p>', text: '', inline: [] }),
};
const renderers: PreviewRenderers = { page, workbook, mail, attached: true };

const never = (): Promise<PreviewRenderers> => new Promise(() => undefined);

let workspace: string;
let ending: AbortController;

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'show-preview-'));
  ending = new AbortController();
});

afterEach(async () => {
  ending.abort();
  await rm(workspace, { recursive: true, force: true });
});

function options(more: Partial<PreviewOptions>): PreviewOptions {
  const { signal } = ending;
  return {
    port: 0,
    workspace,
    signal,
    onListening: () => undefined,
    note: () => undefined,
    ...more,
  };
}

function material(open: PreviewMaterial['open']): PreviewMaterial {
  return { places: async () => ({ folders: [], files: [join(workspace, 'watched')] }), open };
}

/** A request as it is written, which fetch would tidy up. */
async function ask(url: string, path: string, asked: { method?: string; host?: string }): Promise<number> {
  const { hostname, port, host } = new URL(url);
  const headers = { host: asked.host ?? host };
  const sent = request({ hostname, port, path, method: asked.method ?? 'GET', headers });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  sent.end();
  const [response] = await answered;
  response.resume();
  return response.statusCode ?? 0;
}

/** Starts a preview that goes on until the end of the test, and gives its address. */
function listening(made = renderers): Promise<string> {
  return new Promise((resolve, reject) => {
    const opened = material(async () => made);
    showPreview(day, opened, options({ onListening: resolve })).catch(reject);
  });
}

describe('a preview', () => {
  it('answers GET of known paths, of this machine alone', async () => {
    const url = await listening();
    const { host } = new URL(url);
    expect(await ask(url, '/', {})).toBe(200);
    expect(await ask(url, '/?q', { host: host.replace('127.0.0.1', 'localhost') })).toBe(200);
    for (const path of [
      '/nowhere',
      '/../package.json',
      '/..%2fpackage.json',
      '//report.html',
      '/report.html/',
    ]) {
      expect([path, await ask(url, path, {})]).toEqual([path, 404]);
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
      expect([method, await ask(url, '/', { method })]).toEqual([method, 405]);
    }
    for (const other of ['evil.example', `evil.example:${new URL(url).port}`, '127.0.0.1']) {
      expect([other, await ask(url, '/', { host: other })]).toEqual([other, 421]);
    }
  });
});

describe('the pictures of a mail', () => {
  it('are served beside it, and nothing is loaded from elsewhere', async () => {
    const inline = ['one', 'two'].map((name) => ({
      cid: `${name}@mail`,
      filename: `${name}.png`,
      contentType: 'image/png',
      bytes: Buffer.from(`the bytes of ${name}`),
    }));
    const html = inline.map(({ cid }) => `<img src="cid:${cid}">`).join('');
    const renderMail: typeof mail.renderMail = async () => ({ subject: 'S', html, text: '', inline });
    const url = await listening({ ...renderers, mail: { renderMail } });
    const body = await fetch(new URL('/mail/body.html', url));
    expect(await body.text()).toBe('<img src="/mail/picture-1"><img src="/mail/picture-2">');
    expect(body.headers.get('content-security-policy')).toContain("img-src 'self' data:");
    const picture = await fetch(new URL('/mail/picture-2', url));
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await picture.text()).toBe('the bytes of two');
    expect(await ask(url, '/mail/picture-3', {})).toBe(404);
  });
});

describe('a check of the templates', () => {
  const here = 'report.html.hbs:2:5: nowhere';
  const elsewhere = 'mail.html.hbs:1:19: nowhere';
  /** The day shows one fault itself, with the path of the file. */
  const faulty: PreviewRenderers = {
    ...renderers,
    page: { ...page, render: () => Promise.reject(new Error(`template /srv/ours/${here}`)) },
  };

  it('tells faults that the day does not show, in the terminal and to the browser', async () => {
    const notes: string[] = [];
    const checked = new EventEmitter();
    const check: PreviewMaterial['check'] = async () => {
      await once(checked, 'done');
      return [here, elsewhere];
    };
    const note = (words: string): void => void notes.push(words);
    const url = await new Promise<string>((resolve, reject) => {
      const opened = { ...material(async () => faulty), check };
      showPreview(day, opened, options({ onListening: resolve, note })).catch(reject);
    });
    await fetch(new URL('/report.html', url));
    const events = told(url);
    expect((await events.next()).value).toContain('{"number":1,"faults":1}');
    checked.emit('done');
    expect((await events.next()).value).toContain('{"number":1,"faults":2}');
    expect(notes).toEqual([`template /srv/ours/${here}`, `template ${elsewhere}`]);
  });

  it('of what was saved before is given up, and of the last is waited for at the end', async () => {
    const given: AbortSignal[] = [];
    const started = new EventEmitter();
    const ended: boolean[] = [];
    const check: PreviewMaterial['check'] = async (signal) => {
      given.push(signal);
      started.emit('check');
      await once(signal, 'abort');
      ended.push(true);
      throw signal.reason;
    };
    const first = once(started, 'check');
    const notes: string[] = [];
    const shown = showPreview(
      day,
      { ...material(async () => renderers), check },
      options({ note: (words) => void notes.push(words) }),
    );
    await first;
    const second = once(started, 'check');
    await writeFile(join(workspace, 'watched'), 'saved');
    await second;
    expect(given.map(({ aborted }) => aborted)).toEqual([true, false]);
    ending.abort();
    await shown;
    expect(ended).toEqual([true, true]);
    expect(notes).toEqual([]);
  });
});

/** Renderers that note what they make, in the order of their beginning. */
function noting(made: string[]): PreviewRenderers {
  const noted = (renderer: Renderer): Renderer => ({
    ...renderer,
    render: async (input, path) => {
      made.push(renderer.name);
      await renderer.render(input, path);
    },
  });
  const renderMail: typeof mail.renderMail = async (input) => {
    made.push('mail');
    return mail.renderMail(input);
  };
  return { page: noted(page), workbook: noted(workbook), mail: { renderMail }, attached: true };
}

/** The renderings that a browser is told of. */
async function* told(url: string): AsyncGenerator<string> {
  const { body } = await fetch(new URL('/events', url), { signal: ending.signal });
  if (body === null) throw new Error('nothing is told');
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    if (chunk.includes('rendered')) yield chunk;
  }
}

describe('what nobody looks at', () => {
  it('is not rendered, neither at first nor when a file is saved', async () => {
    const made: string[] = [];
    const url = await new Promise<string>((resolve, reject) => {
      const opened = material(async () => noting(made));
      showPreview(day, opened, options({ onListening: resolve })).catch(reject);
    });
    expect(made).toEqual([]);
    expect(await (await fetch(new URL('/report.html', url))).text()).toBe('the page');
    expect(made).toEqual(['report.html']);
    const events = told(url);
    await events.next();
    await writeFile(join(workspace, 'watched'), 'saved');
    await events.next();
    // What was looked at is there already when the browser is told.
    expect(made).toEqual(['report.html', 'report.html']);
    await fetch(new URL('/report.html', url));
    expect(made).toEqual(['report.html', 'report.html']);
    await fetch(new URL('/mail.html', url));
    await fetch(new URL('/mail/body.html', url));
    expect(made).toEqual(['report.html', 'report.html', 'mail']);
    ending.abort();
  });
});

describe('a preview that is to end', () => {
  it('does not wait for a first rendering that never comes', async () => {
    const shown = showPreview(day, material(never), options({}));
    ending.abort();
    await expect(shown).resolves.toBeUndefined();
  });

  it('does not wait for a later rendering that never comes', async () => {
    let opened = 0;
    const renderings = new EventEmitter();
    const open = async (): Promise<PreviewRenderers> => {
      opened += 1;
      if (opened === 1) return renderers;
      renderings.emit('second');
      return never();
    };
    const second = once(renderings, 'second');
    const shown = showPreview(
      day,
      material(open),
      options({ onListening: () => void writeFile(join(workspace, 'watched'), 'saved') }),
    );
    await second;
    ending.abort();
    await expect(shown).resolves.toBeUndefined();
  });

  it('answers nobody any more', async () => {
    let url = '';
    let text = '';
    let faults = 0;
    const shown = showPreview(
      day,
      material(async () => renderers),
      options({
        note: () => (faults += 1),
        onListening: (address) => {
          url = address;
          void fetch(new URL('/workbook.html', address))
            .then(() => fetch(new URL('/report.html', address)))
            .then((response) => response.text())
            .then((body) => (text = body))
            .finally(() => ending.abort());
        },
      }),
    );
    await shown;
    expect({ text, faults }).toEqual({ text: 'the page', faults: 1 });
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });
});
