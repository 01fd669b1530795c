import type { Dirent } from 'node:fs';
import { lstat, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { compareText } from '../../base/text-order.js';
import { explainError, systemErrorCode } from '../../errors.js';
import type { IgnoreRules } from '../ignore-rules.js';
import type { FoundInputs } from './found-inputs.js';
import type { PathPattern } from './path-pattern.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** Why a link or a second name is not read: what it leads to is read under another name. */
export const readElsewhere = reasonWords('readElsewhere');

export interface WalkOptions {
  /** Folder of the configuration: names in reports are relative to it. */
  readonly directory: string;
  readonly ignore: IgnoreRules;
  readonly found: FoundInputs;
}

/** One folder of a walk. */
interface Folder {
  readonly path: string;
  /** What of the pattern is left below it; null: everything below it is found. */
  readonly positions: PathPattern['start'] | null;
  /** Real paths of it and the folders above it, to recognise a circle. */
  readonly above: readonly string[];
}

/** The name of a path in reports. */
export function nameOfPath(path: string, directory: string): string {
  return relative(directory, path).split(sep).join('/') || '.';
}

/**
 * Enters everything below a folder, or what of it a pattern matches. What cannot be entered is an input that cannot be
 * read. Links are followed, but a folder that was walked is not walked again under another name.
 */
export class FolderWalk {
  readonly #options: WalkOptions;
  readonly #pattern: PathPattern | null;
  /** Names of the folders that were walked, by their real path and what of the pattern was left. */
  readonly #walked = new Map<string, string>();
  readonly #links: { readonly entry: Dirent; readonly folder: Folder }[] = [];

  constructor(options: WalkOptions, pattern: PathPattern | null) {
    this.#options = options;
    this.#pattern = pattern;
  }

  async walk(path: string): Promise<void> {
    await this.#enter(path, { positions: this.#pattern?.start ?? null, above: [] });
    // Last, so that what a link leads to is read under its own name if it has one here.
    for (let link = this.#links.shift(); link !== undefined; link = this.#links.shift()) {
      await this.#take(link.entry, link.folder);
    }
  }

  async #enter(path: string, { positions, above }: Omit<Folder, 'path'>): Promise<void> {
    let entries: readonly Dirent[];
    let real: string;
    try {
      real = await realpath(path);
      if (above.includes(real)) {
        this.#unreadable(path, 'read', reasonWords('linkInCircle', { name: this.#nameOf(real) }));
        return;
      }
      const key = `${positions?.join() ?? ''}:${real}`;
      const walked = this.#walked.get(key);
      if (walked !== undefined) {
        this.#leaveOut(path, readElsewhere, reasonWords('sameFolder', { name: walked }));
        return;
      }
      this.#walked.set(key, this.#nameOf(path));
      entries = await readdir(path, { withFileTypes: true });
    } catch (error) {
      this.#unreadable(path, 'read', explainError(error));
      return;
    }
    const folder = { path, positions, above: [...above, real] };
    for (const entry of entries.toSorted((a, b) => compareText(a.name, b.name))) {
      if (entry.isSymbolicLink()) this.#links.push({ entry, folder });
      else await this.#take(entry, folder);
    }
  }

  async #take(entry: Dirent, { path: folder, positions, above }: Folder): Promise<void> {
    const path = join(folder, entry.name);
    const { isMatch, next } =
      positions === null || this.#pattern === null
        ? { isMatch: true, next: [] }
        : this.#pattern.step(positions, entry.name);
    if (!isMatch && next.length === 0) return;
    const kind = await kindOf(entry, path);
    if (!isMatch && kind.is === 'file') return;
    const name = this.#nameOf(path);
    const rule = this.#options.ignore(name, name.length - entry.name.length);
    if (rule !== null) this.#leaveOut(path, rule, rule, kind.is === 'folder');
    else if (kind.is === 'folder') await this.#enter(path, { positions: isMatch ? null : next, above });
    else if (kind.is === 'file') this.#options.found.add(name, { kind: 'file', path });
    else this.#unreadable(path, 'opened', kind.why);
  }

  #nameOf(path: string): string {
    return nameOfPath(path, this.#options.directory);
  }

  #unreadable(path: string, at: 'opened' | 'read', why: string): void {
    this.#options.found.add(this.#nameOf(path), { kind: 'unreadable', at, why });
  }

  #leaveOut(path: string, rule: string, detail: string, isFolder = true): void {
    const name = `${this.#nameOf(path)}${isFolder ? '/' : ''}`;
    this.#options.found.add(name, { kind: 'left out', rule, detail });
  }
}

type Kind =
  { readonly is: 'folder' } | { readonly is: 'file' } | { readonly is: 'lost'; readonly why: string };

/** Pipes, devices and sockets count as files: it is opening them that is refused. */
async function kindOf(entry: Dirent, path: string): Promise<Kind> {
  if (!entry.isSymbolicLink()) return { is: entry.isDirectory() ? 'folder' : 'file' };
  try {
    return { is: (await stat(path)).isDirectory() ? 'folder' : 'file' };
  } catch (error) {
    return { is: 'lost', why: await explainLink(path, error) };
  }
}

/** Why a path cannot be looked at: for a link, where it leads. */
export async function explainLink(path: string, error: unknown): Promise<string> {
  if (systemErrorCode(error) !== 'ENOENT') return explainError(error);
  const target = await lstat(path)
    .then((status) => (status.isSymbolicLink() ? readlink(path) : null))
    .catch(() => null);
  return target === null ? explainError(error) : reasonWords('linkToNothing', { target });
}
