import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupCompliance } from '../../src/wiring/wire-backup-compliance.js';
import { artefactsOf, tryTemplates } from '../../src/wiring/try-templates.js';
import { type Planting, blocksOf } from './template-blocks.js';
import { templatesFolder } from './theme.js';

/** Templates that ship with the tool and have branches. */
export const branchedTemplates = [
  'report.html.hbs',
  'mail.html.hbs',
  'mail.txt.hbs',
  'mail-subject.hbs',
] as const;

/** The fewest branches of each, so that none is lost unseen. */
export const fewestBranches: Readonly<Record<(typeof branchedTemplates)[number], number>> = {
  'report.html.hbs': 180,
  'mail.html.hbs': 70,
  'mail.txt.hbs': 70,
  'mail-subject.hbs': 4,
};

const fault = '{{nowhere}}';

/** A shipped template with a fault in one branch, or in several. */
export interface PlantedFaults {
  readonly name: (typeof branchedTemplates)[number];
  /** Branch and place of each fault, as a check should say it: `12:5 if exceptions.items: no, at 12:52`. In order. */
  readonly faults: readonly string[];
  readonly text: string;
}

/** One for each branch of every block. */
export async function plantedFaults(name: PlantedFaults['name']): Promise<readonly PlantedFaults[]> {
  const { text, plantings } = await readPlantings(name);
  return plantings.map((each) => plant(name, text, [each]));
}

/** A fault in every branch at once. */
export async function allPlanted(name: PlantedFaults['name']): Promise<PlantedFaults> {
  const { text, plantings } = await readPlantings(name);
  return plant(name, text, plantings);
}

/** Those of the faults that a check in one language does not find, or finds elsewhere, each with its template. */
export async function notFound(planted: readonly PlantedFaults[]): Promise<readonly string[]> {
  const own = await mkdtemp(join(tmpdir(), 'planted-'));
  try {
    for (const { name, text } of planted) await writeFile(join(own, name), text);
    const found = new Set<string>();
    const wanted = artefactsOf(
      planted.map(({ name }) => name),
      backupCompliance.templates.day,
    );
    const what = { kind: backupCompliance, wanted };
    for await (const { file, place, words } of tryTemplates('en', [templatesFolder, own], what))
      if (words.includes('nowhere')) found.add(`${file} ${place}`);
    return planted.flatMap(({ name, faults }) =>
      faults
        .filter((each) => !found.has(`${name} ${each.slice(each.lastIndexOf(' ') + 1)}`))
        .map((each) => `${name} ${each}`),
    );
  } finally {
    await rm(own, { recursive: true });
  }
}

type PlantedBranch = Planting & { readonly branch: string };

async function readPlantings(
  name: PlantedFaults['name'],
): Promise<{ readonly text: string; readonly plantings: readonly PlantedBranch[] }> {
  const text = await readFile(join(templatesFolder, name), 'utf8');
  const plantings = blocksOf(text).branches.flatMap(({ place, planting }) =>
    planting === null ? [] : [{ ...planting, branch: place }],
  );
  return { text, plantings: plantings.sort((a, b) => a.offset - b.offset) };
}

function plant(
  name: PlantedFaults['name'],
  text: string,
  plantings: readonly PlantedBranch[],
): PlantedFaults {
  const faults: string[] = [];
  let planted = '';
  let end = 0;
  for (const { offset, before, branch } of plantings) {
    planted += `${text.slice(end, offset)}${before}`;
    end = offset;
    const lines = planted.split('\n');
    faults.push(`${branch}, at ${lines.length}:${(lines.at(-1) ?? '').length + 3}`);
    planted += fault;
  }
  return { name, faults, text: planted + text.slice(end) };
}
