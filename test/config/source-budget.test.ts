import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../src/config/load.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'config-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function budgetOf(source: string, budget: string): Promise<unknown> {
  const path = join(directory, 'c.yaml');
  await writeFile(
    path,
    `plan: daily\ntimezone: UTC\nsources: [{ ${source}, budget: ${budget} }]\narchive: { type: file-system, directory: ./r }\n`,
  );
  const [loaded] = (await loadConfiguration(path)).configuration.sources;
  return loaded !== undefined && 'budget' in loaded ? loaded.budget : undefined;
}

describe('the budget of a source', () => {
  it.each([
    ['type: log-analytics, compartmentId: ocid1.compartment.oc1..x'],
    ['type: object-storage, bucket: events'],
    ['type: streaming, streamId: ocid1.stream.oc1..x'],
    ['type: oci-audit'],
    ['type: logging-search'],
    ['type: data-safe, compartmentId: ocid1.compartment.oc1..x'],
  ])('can be set for every source over a network: %s', async (source) => {
    expect(await budgetOf(source, '{ calls: 100, minutes: 5 }')).toEqual({ calls: 100, minutes: 5 });
    expect(await budgetOf(source, '{ minutes: 5 }')).toEqual({ minutes: 5 });
    await expect(budgetOf(source, '{ calls: 0 }')).rejects.toThrow('sources[0].budget.calls');
    await expect(budgetOf(source, '{ hours: 1 }')).rejects.toThrow('hours');
  });

  it('is none of local files', async () => {
    await expect(budgetOf('type: local-files, paths: [a]', '{ calls: 1 }')).rejects.toThrow('budget');
  });
});
