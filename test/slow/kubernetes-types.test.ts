import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { type Manifest, kubernetesManifests } from '../support/deploy-files.js';

const compiler = fileURLToPath(new URL('node_modules/typescript-7/bin/tsc', packageRoot));
let folder: string;

/** Where packages are found from. */
beforeEach(async () => {
  folder = await mkdtemp(fileURLToPath(new URL('dist/kubernetes-', packageRoot)));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
});
afterEach(() => rm(folder, { recursive: true }));

/** What the compiler says of manifests as values of the types that are made of the API: of unknown fields, too. */
async function faultsOf(manifests: readonly Manifest[]): Promise<string> {
  const lines = manifests.flatMap((each, i) => [
    `import type { I${each.kind} as Kind${i} } from 'kubernetes-models/${each.apiVersion}';`,
    `export const manifest${i}: Kind${i} = ${JSON.stringify(each, null, 2)};`,
  ]);
  await writeFile(join(folder, 'manifests.ts'), lines.join('\n'));
  const options = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--types',
    '',
  ];
  const { stdout } = spawnSync(process.execPath, [compiler, ...options, join(folder, 'manifests.ts')], {
    cwd: folder,
    encoding: 'utf8',
  });
  return stdout;
}

describe('the manifests of Kubernetes', () => {
  it('have no field that the API does not have, and no value of another type', async () => {
    expect(await faultsOf((await kubernetesManifests()).map(([, each]) => each))).toBe('');
  });

  it('would be refused with a field whose name is wrong, anywhere', async () => {
    const [deployment] = (await kubernetesManifests()).flatMap(([, each]) =>
      each.kind === 'Deployment' ? each : [],
    );
    const text = JSON.stringify(deployment).replace('readOnlyRootFilesystem', 'readOnlyRootFileSystem');
    expect(await faultsOf([JSON.parse(text)])).toContain('readOnlyRootFileSystem');
    const other = JSON.stringify(deployment).replace('"Recreate"', '"Recreated"');
    expect(await faultsOf([JSON.parse(other)])).toContain('Recreated');
  });
});
