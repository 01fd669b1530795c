import type { BigIntStats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { NamedInput } from './found-inputs.js';
import { readElsewhere } from './walk-folder.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/**
 * A file that has several names here (links to it, or two names of one file) is read under one of them: its own if that
 * is among them, else the first. The others are left out.
 */
export async function readOnce(inputs: readonly NamedInput[]): Promise<readonly NamedInput[]> {
  const files = new Map<
    string,
    { readonly input: NamedInput; readonly path: string; readonly status: BigIntStats }[]
  >();
  for (const input of inputs) {
    if (input.kind !== 'file') continue;
    const status = await stat(input.path, { bigint: true }).catch(() => null);
    if (status === null || !status.isFile()) continue;
    const key = `${status.dev}:${status.ino}`;
    files.set(key, [...(files.get(key) ?? []), { input, path: input.path, status }]);
  }
  const elsewhere = new Map<NamedInput, string>();
  for (const same of files.values()) {
    if (same.length > 1) await chooseOne(same, elsewhere);
  }
  return inputs.map((input) => {
    const name = elsewhere.get(input);
    if (name === undefined) return input;
    return {
      name: input.name,
      kind: 'left out',
      rule: readElsewhere,
      detail: reasonWords('sameFile', { name }),
    };
  });
}

/** Some file systems give one number to several files: only a real path, or a count of names, proves that it is one. */
async function chooseOne(
  same: readonly { readonly input: NamedInput; readonly path: string; readonly status: BigIntStats }[],
  elsewhere: Map<NamedInput, string>,
): Promise<void> {
  const kept = new Map<string, NamedInput>();
  const withReal = await Promise.all(
    same.map(async (each) => ({ ...each, real: await realpath(each.path).catch(() => each.path) })),
  );
  const ownFirst = withReal.toSorted((a, b) => Number(a.real !== a.path) - Number(b.real !== b.path));
  for (const { input, real, status } of ownFirst) {
    const key = status.nlink > 1n ? `${status.size}:${status.mtimeNs}` : real;
    const first = kept.get(key);
    if (first === undefined) kept.set(key, input);
    else elsewhere.set(input, first.name);
  }
}
