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
  /** Its first command without what a comment says: its name within the page. */
  readonly first: string;
  /** Its commands alone, as a shell reads them. */
  readonly text: string;
  /** What the page shows that they print; null: nothing. */
  readonly shown: string | null;
}

/** A block of a page that is not for a shell. */
export interface OtherBlock {
  readonly page: string;
  /** As it is after the fence; empty: it has none. */
  readonly language: string;
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

const shells = new Set(['sh', 'bash', 'shell', 'console']);

/** Blocks between fences, in lists too: what stands after the first fence, and the text without the indent of the block. */
function fencedBlocks(text: string): readonly (readonly [language: string, text: string])[] {
  const blocks = [...text.matchAll(/^( *)(```+|~~~+) *([\w-]*)[^\n]*\n([^]*?)^ *\2 *$/gm)];
  return blocks.map(([, indent = '', , language = '', block = '']) => [
    language,
    block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  ]);
}

/** In a console, what follows `$ ` is a command, all else is what it prints. */
function partsOf(language: string, block: string): readonly [commands: string, shown: string | null] {
  if (language !== 'console') return [block, null];
  const lines = block.split('\n');
  const commands = lines.filter((line) => line.startsWith('$ ')).map((line) => `${line.slice(2)}\n`);
  return [commands.join(''), lines.filter((line) => !line.startsWith('$ ')).join('\n')];
}

export function commandBlocksOf({ path, text }: DocPage): readonly CommandBlock[] {
  return fencedBlocks(text).flatMap(([language, block]) => {
    if (!shells.has(language)) return [];
    const [commands, shown] = partsOf(language, block);
    const first = (commands.split('\n')[0] ?? '').replace(/\s+#.*/, '');
    return [{ page: path, first, text: commands, shown }];
  });
}

/** Blocks that are not for a shell, those without fences too, which are only indented: their language is "indented". */
export function otherBlocksOf({ path, text }: DocPage): readonly OtherBlock[] {
  const fenced = fencedBlocks(text).filter(([language]) => !shells.has(language));
  // After an empty line, not below an item of a list.
  const indented = [...withoutBlocks(text).matchAll(/(?:^|\n)(?! *[-*\d])[^\n]*\n\n((?: {4}[^\n]*\n)+)/g)];
  return [
    ...fenced.map(([language, block]) => ({ page: path, language, text: block })),
    ...indented.map(([, block = '']) => ({ page: path, language: 'indented', text: block })),
  ];
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

function withoutBlocks(text: string): string {
  return text.replaceAll(/^ *(```+|~~~+)[^]*?^ *\1/gm, '');
}
