import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sorts } from './parts.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * What `npm run new -- SORT NAME` writes: the whole text of each file, unformatted.
 *
 * @param root folder of the project
 * @returns path from there → text; nothing is written yet
 * @throws Error in words for a person: a bad name, one that is taken, a mark that is gone
 */
export function laidFiles(root, sort, name) {
  const { files, room, insertions } = partsOf(sort);
  checkName(sort, name);
  const fill = (text) => filled(text, name);
  const read = (file) => readFileSync(join(root, file), 'utf8');
  const texts = new Map();
  for (const [template, path] of Object.entries(files)) {
    texts.set(fill(path), fill(readFileSync(join(here, template), 'utf8')));
  }
  for (const path of [fill(room), ...texts.keys()]) {
    if (existsSync(join(root, path))) throw new Error(`${path} exists already: choose another name`);
  }
  for (const { file, mark, text } of insertions) {
    const present = texts.get(file) ?? read(file);
    texts.set(file, inserted(present, fill(text), mark, file));
  }
  checkExports(root, texts);
  for (const { file } of insertions) checkTaken(read(file), file, sort, name);
  return texts;
}

function partsOf(sort) {
  if (!Object.hasOwn(sorts, sort ?? '')) {
    const known = Object.keys(sorts).join(' or ');
    throw new Error(
      `npm run new -- ${known} NAME: ${sort === undefined ? 'say what is new' : `there is no template of a new ${sort}`}. CONTRIBUTING.md says how to add the other things.`,
    );
  }
  return sorts[sort];
}

function checkName(sort, name) {
  if (name === undefined) throw new Error(`npm run new -- ${sort} NAME: the name is missing`);
  if (!/^[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*$/.test(name) || name.length > 40) {
    throw new Error(
      `${name} is no name of a ${sort}: it is a type in the configuration, so a-z, digits and single hyphens, such as audit-vault; at most 40 characters`,
    );
  }
  if (name.split('-').includes(sort)) {
    throw new Error(`${name}: leave ${sort} out of the name, it is added where it belongs`);
  }
}

/** Each type of a file is one literal; a name in code is used once, too. */
function checkTaken(text, file, sort, name) {
  const literal = `'${name}'`;
  if (text.includes(`z.literal(${literal})`) || new RegExp(`\\b(?:case|=== )\\s*${literal}`).test(text)) {
    throw new Error(`${file} knows a type ${name} already: choose another name for the ${sort}`);
  }
}

/** No name is exported twice (scripts/check-names.mjs). */
function checkExports(root, texts) {
  const form = /^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm;
  const present = new Set();
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    for (const [, name] of readFileSync(join(root, 'src', file), 'utf8').matchAll(form)) present.add(name);
  }
  for (const [path, text] of texts) {
    if (existsSync(join(root, path)) || path.startsWith('test/')) continue;
    for (const [, name] of text.matchAll(form)) {
      if (present.has(name)) throw new Error(`${name} is exported already: choose another name`);
    }
  }
}

function inserted(text, added, mark, file) {
  const parts = text.split(mark);
  if (parts.length !== 2) {
    throw new Error(
      `${file}: ${parts.length === 1 ? 'there is no line' : 'there are several lines'} “${mark}”. Put it back where new types belong, and run this again.`,
    );
  }
  return `${parts[0]}${added}${mark}${parts[1]}`;
}

function filled(text, name) {
  const pascal = name.replaceAll(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());
  return text
    .replaceAll('__name__', name)
    .replaceAll('__Name__', pascal)
    .replaceAll('__camel__', `${pascal[0].toLowerCase()}${pascal.slice(1)}`);
}
