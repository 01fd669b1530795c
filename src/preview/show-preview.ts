import { EventEmitter, once } from 'node:events';
import type { ArchivedDay } from './archived-day.js';
import { type TemplatesCheck, checkBehind } from './check-behind.js';
import { startPreviewServer } from './preview-server.js';
import { type Preview, type PreviewRenderers, renderPreview } from './render-preview.js';
import { watchFiles } from './watch-files.js';

/** What a preview depends on besides its day. Read again for each rendering. */
export interface PreviewMaterial {
  /** What to watch for changes. Throws like `open`. */
  places(): Promise<{ readonly folders: readonly string[]; readonly files: readonly string[] }>;
  /** Throws Failure for a faulty configuration or catalogue. */
  open(): Promise<PreviewRenderers>;
  /** Finds faults that the day does not show. Absent: there are no templates to check. */
  readonly check?: TemplatesCheck;
}

export interface PreviewOptions {
  /** 0: any free one */
  readonly port: number;
  /** An existing folder for temporary files. */
  readonly workspace: string;
  /** Ends the preview. */
  readonly signal: AbortSignal;
  readonly onListening: (url: string) => void;
  /** Faults of templates, and what cannot be watched, for the person at the terminal. */
  readonly note: (words: string) => void;
}

/**
 * Serves the day, and what is looked at again whenever one of its files is saved, until the signal. Nothing is rendered
 * that nobody looks at.
 */
export async function showPreview(
  day: ArchivedDay,
  material: PreviewMaterial,
  { port, workspace, signal, onListening, note }: PreviewOptions,
): Promise<void> {
  const changes = new EventEmitter();
  let isStale = false;
  let shownNow: Preview | null = null;
  const watching = watchFiles(
    () => {
      isStale = true;
      changes.emit('change');
    },
    (words) => note(`Not watched: ${words}`),
  );
  const renderOnce = async (): Promise<Preview> => {
    isStale = false;
    // Before anything is read, so that whatever is saved from now on triggers another rendering.
    await follow(watching, material);
    const shown = shownNow?.asked ?? new Set<string>();
    shownNow = await renderPreview(day, () => material.open(), { workspace, signal }, shown);
    for (const fault of shownNow.faults) note(fault);
    return shownNow;
  };
  try {
    const first = await unlessAborted(renderOnce(), signal);
    const server = await startPreviewServer(day, port, first, (faults) => faults.forEach(note));
    const behind = checkBehind(material.check ?? (async () => []), (faults) => server.tell(faults));
    try {
      onListening(server.url);
      for (;;) {
        behind.restart();
        if (!isStale) await once(changes, 'change', { signal });
        server.show(await unlessAborted(renderOnce(), signal));
      }
    } finally {
      await Promise.all([server.close(), behind.close()]);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    watching.close();
  }
}

/** Watches the current files. If the configuration cannot be read, those watched before are still watched. */
async function follow(watching: ReturnType<typeof watchFiles>, material: PreviewMaterial): Promise<void> {
  try {
    const { folders, files } = await material.places();
    await watching.follow(folders, files);
  } catch {
    // The rendering runs into the same fault and shows it.
  }
}

/** Stops waiting for the work when the signal is aborted. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => undefined);
  const ended = new AbortController();
  try {
    const aborted = once(signal, 'abort', { signal: ended.signal });
    aborted.catch(() => undefined);
    signal.throwIfAborted();
    return await Promise.race([work, aborted.then(() => Promise.reject(signal.reason))]);
  } finally {
    ended.abort();
  }
}
