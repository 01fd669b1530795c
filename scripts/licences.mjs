import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Names, licences and their texts of the packages that files are of.
 *
 * @param root the folder that the paths are relative to
 * @throws Error for a package without a licence
 */
export async function licencesOf(root, paths) {
  const folders = new Set();
  for (const path of paths) {
    const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
    if (folder !== undefined) folders.add(folder);
  }
  const entries = new Set();
  for (const folder of folders) entries.add(await licenceOf(join(root, folder)));
  const head = 'Packages whose code is in the files of this folder, and their licences.\n';
  return [head, ...[...entries].sort()].join(`\n${'-'.repeat(80)}\n\n`);
}

async function licenceOf(folder) {
  const { name, version, license, licenses } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const named = license?.type ?? license ?? licenses?.map(({ type }) => type).join(', ');
  const files = (await readdir(folder, { withFileTypes: true }))
    .filter((each) => each.isFile() && /^(licen[cs]e|copying|notice)/i.test(each.name))
    .map((each) => each.name)
    .sort();
  if (named === undefined && files.length === 0) throw new Error(`${name} ${version} has no licence`);
  const texts = await Promise.all(files.map((each) => readFile(join(folder, each), 'utf8')));
  const readme = texts.length > 0 ? [] : [`The package has no file of its licence.\n`];
  return [
    `${name} ${version}: ${named ?? 'as below'}\n`,
    ...texts.map((text) => `${text.trim()}\n`),
    ...readme,
  ].join('\n');
}
