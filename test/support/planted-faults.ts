import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artefactsOf, tryTemplates } from '../../src/wiring/try-templates.js';
import { blocksOf } from './template-blocks.js';
import { templatesFolder } from './theme.js';

/** Templates that ship with the tool and have branches. */
export const branchedTemplates = [
  'report.html.hbs',
  'mail.html.hbs',
  'mail.txt.hbs',
  'mail-subject.hbs',
] as const;

const fault = '{{nowhere}}';

/** A shipped template with a fault in one branch. */
export interface PlantedFault {
  readonly name: (typeof branchedTemplates)[number];
  /** The branch. */
  readonly branch: string;
  readonly text: string;
}

/** One for each branch of every block. */
export async function plantedFaults(name: PlantedFault['name']): Promise<readonly PlantedFault[]> {
  const text = await readFile(join(templatesFolder, name), 'utf8');
  return blocksOf(text).branches.flatMap(({ place, planted }) =>
    planted === null ? [] : [{ name, branch: place, text: planted(fault) }],
  );
}

/** Where a check in one language finds the fault, and where it is: `12:5`. null: it does not find it. */
export async function foundFault({ name, text }: PlantedFault): Promise<{
  readonly found: string | null;
  readonly wanted: string;
}> {
  const own = await mkdtemp(join(tmpdir(), 'planted-'));
  try {
    await writeFile(join(own, name), text);
    const before = text.slice(0, text.indexOf(fault)).split('\n');
    const wanted = `${before.length}:${(before.at(-1) ?? '').length + 3}`;
    for await (const { file, place, words } of tryTemplates(
      'en',
      [templatesFolder, own],
      artefactsOf([name]),
    ))
      if (file === name && words.includes('nowhere')) return { found: place, wanted };
    return { found: null, wanted };
  } finally {
    await rm(own, { recursive: true });
  }
}
