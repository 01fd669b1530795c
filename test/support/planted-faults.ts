import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryTemplates } from '../../src/wiring/try-templates.js';
import type { WirableKind } from '../../src/wiring/wirable-kind.js';
import type { BranchedTemplate } from './branched-templates.js';
import { type Planting, blocksOf } from './template-blocks.js';
import { templatesFolder } from './theme.js';

const fault = '{{nowhere}}';

/** A shipped template with a fault in one branch, or in several. */
export interface PlantedFaults {
  readonly template: BranchedTemplate;
  /** Branch and place of each fault, as a check should say it: `12:5 if exceptions.items: no, at 12:52`. In order. */
  readonly faults: readonly string[];
  readonly text: string;
}

/** One for each branch of every block. */
export async function plantedFaults(template: BranchedTemplate): Promise<readonly PlantedFaults[]> {
  const { text, plantings } = await readPlantings(template);
  return plantings.map((each) => plant(template, text, [each]));
}

/** A fault in every branch at once. */
export async function allPlanted(template: BranchedTemplate): Promise<PlantedFaults> {
  const { text, plantings } = await readPlantings(template);
  return plant(template, text, plantings);
}

/** Those of the faults that a check of the kind in one language does not find, or finds elsewhere, each with its template. */
export async function notFound(
  kind: WirableKind,
  planted: readonly PlantedFaults[],
): Promise<readonly string[]> {
  const own = await mkdtemp(join(tmpdir(), 'planted-'));
  try {
    for (const { template, text } of planted) await writeFile(join(own, template.name), text);
    const found = new Set<string>();
    const names = planted.map(({ template }) => template.name);
    for await (const { file, place, words } of tryTemplates('en', [templatesFolder, own], { kind, names }))
      if (words.includes('nowhere')) found.add(`${file} ${place}`);
    return planted.flatMap(({ template: { name }, faults }) =>
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
  template: BranchedTemplate,
): Promise<{ readonly text: string; readonly plantings: readonly PlantedBranch[] }> {
  const text = await readFile(join(templatesFolder, template.name), 'utf8');
  const plantings = blocksOf(text).branches.flatMap(({ place, planting }) =>
    planting === null ? [] : [{ ...planting, branch: place }],
  );
  return { text, plantings: plantings.sort((a, b) => a.offset - b.offset) };
}

function plant(template: BranchedTemplate, text: string, plantings: readonly PlantedBranch[]): PlantedFaults {
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
  return { template, faults, text: planted + text.slice(end) };
}
