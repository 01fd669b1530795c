import { readdir, readFile } from 'node:fs/promises';
import { packageRoot } from '../../src/package-root.js';

/** A page that people read, by its path in the project. */
export interface DocPage {
  readonly path: string;
  readonly text: string;
}

/** A block of commands in a page. */
export interface CommandBlock {
  readonly page: string;
  /** Its first line without what a comment says: its name within the page. */
  readonly first: string;
  readonly text: string;
}

/** All files of a folder of the project. */
const below = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir(new URL(`${folder}/`, packageRoot), { recursive: true });
  return names.map((name) => `${folder}/${name}`);
};

/** README, CONTRIBUTING, all of docs, and what stands beside the files of deploy. */
export async function docPages(): Promise<readonly DocPage[]> {
  const docs = (await below('docs')).filter((path) => path.endsWith('.md'));
  const deploy = (await below('deploy')).filter((path) => path.endsWith('README.md'));
  const paths = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs, ...deploy].toSorted();
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(new URL(path, packageRoot), 'utf8') })),
  );
}

export function commandBlocksOf({ path, text }: DocPage): readonly CommandBlock[] {
  return [...text.matchAll(/^```(?:sh|bash|shell|console)\n([^]*?)^```/gm)].map(([, block = '']) => ({
    page: path,
    first: (block.split('\n')[0] ?? '').replace(/\s+#.*/, ''),
    text: block,
  }));
}

/** The anchors that a page has: those of its headings, as the hosts of repositories make them. */
export function anchorsOf({ text }: DocPage): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutBlocks(text).matchAll(/^#{1,6} +(.+)$/gm)) {
    const anchor = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-');
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count += 1) unique = `${anchor}-${count}`;
    anchors.add(unique);
  }
  return anchors;
}

/** Where the links of a page within the project lead: `[path, anchor]`, as written. */
export function linksOf({ text }: DocPage): readonly (readonly [string, string | undefined])[] {
  const plain = withoutBlocks(text).replaceAll(/`[^`\n]*`/g, '');
  return [...plain.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [path = '', anchor] = target.split('#');
    return [[path, anchor] as const];
  });
}

const withoutBlocks = (text: string): string => text.replaceAll(/^```[^]*?^```/gm, '');
