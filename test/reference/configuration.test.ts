import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { init } from '../../src/cli/init.js';
import { kindsOfPlans, keysOfPlan } from '../../src/config/kinds-of-plans.js';
import { withLogSource } from '../../src/config/log-source.js';
import { configurationSchemaOf, planFields, unknownKindSchema } from '../../src/config/schema.js';
import { starterConfiguration } from '../../src/init/starter-configuration.js';
import { schemaLine } from '../../src/cli/schema-line.js';
import { packageRoot } from '../../src/package-root.js';
import { configurationKeys } from '../../src/reference/configuration-page.js';
import { configurationJsonSchema } from '../../src/reference/configuration-schema.js';
import { unusedMeanings } from '../../src/reference/key-meanings.js';
import { patternOf } from '../../src/reference/json-patterns.js';
import { plainConfiguration } from '../support/bad-input.js';
import { badValues } from '../support/bad-values.js';
import { captured } from '../support/run-here.js';

const schema = configurationJsonSchema(kindsOfPlans);
const validate = new Ajv({
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allowUnionTypes: true,
}).compile(schema);
const readText = (path: string): Promise<string> => readFile(new URL(path, packageRoot), 'utf8');

const zodSchemas = new Map(kindsOfPlans.map((kind) => [kind, configurationSchemaOf(kind)]));
const ofNoKind = unknownKindSchema(kindsOfPlans);

/** What the program's own schema says. */
function isTaken(content: unknown): boolean {
  const kind = keysOfPlan(content, kindsOfPlans);
  const ofKind = kind === null ? ofNoKind : zodSchemas.get(kind);
  return ofKind?.safeParse(withLogSource(content, kind)).success === true;
}

const yamlBlocks = (page: string): readonly string[] =>
  [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, text = '']) => text);

/** Every name of a key in a zod schema, whatever it is wrapped in. */
function* namesIn(type: unknown): Generator<string> {
  if (!(type instanceof z.core.$ZodType)) return;
  const { def } = type._zod as unknown as {
    readonly def: { readonly type: string } & Record<string, unknown>;
  };
  if (def.type === 'object') {
    for (const [name, inner] of Object.entries(def['shape'] as object)) {
      yield name;
      yield* namesIn(inner);
    }
  }
  for (const inner of [def['innerType'], def['in'], def['element'], ...((def['options'] as unknown[]) ?? [])])
    yield* namesIn(inner);
}

describe('the JSON Schema of the configuration', () => {
  it('is what `npm run schema` makes of the source', async () => {
    expect(JSON.stringify(JSON.parse(await readText('schema/config.schema.json')))).toBe(
      JSON.stringify(schema),
    );
  });

  it('takes the whole configuration of the docs and every example, as the program does', async () => {
    const [whole = '', ...examples] = yamlBlocks(await readText('docs/configuration.md'));
    expect(Object.keys(parse(whole) as object).length).toBeGreaterThan(15);
    expect(examples.length).toBeGreaterThan(25);
    for (const text of [whole, ...examples]) {
      const content = { ...(parse(plainConfiguration) as object), ...(parse(text) as object) };
      const azure = text.includes('azure-monitor') ? { azure: { signIn: { type: 'managed-identity' } } } : {};
      const forward = 'forward' in content || text.includes('target:') ? { report: 'database-activity' } : {};
      const plan = { ...content, ...azure, ...forward };
      const key = text.includes('${file') ? { signing: undefined } : {};
      expect({ text, taken: isTaken({ ...plan, ...key }) }).toEqual({ text, taken: true });
      validate(plan);
      expect({ text, errors: validate.errors }).toEqual({ text, errors: null });
    }
  });

  it.each([
    ['backup-compliance', { type: 'local-files', path: './events' }],
    [
      'backup-compliance',
      { type: 'log-analytics', region: 'iad', compartmentId: 'ocid1.compartment.oc1..x' },
    ],
    ['tenancy-changes', { type: 'oci-audit' }],
  ] as const)('takes what init writes for %s with %j', (report, source) => {
    const answers = {
      report,
      plan: 'daily',
      timezone: 'UTC',
      source,
      archiveDirectory: './reports',
      mail: null,
    };
    const text = starterConfiguration(answers, { language: null, templates: null });
    validate(parse(text));
    expect(validate.errors).toBeNull();
  });

  it('takes references wherever the program takes a text', () => {
    const content = parse(`${plainConfiguration}settleDelay: \${DELAY}
redactKey: \${KEY}
mail: { type: smtp, host: '\${HOST}', security: '\${SECURITY}', from: '\${FROM}', to: ['\${TO}'] }
publicUrl: \${file:./url}
`) as unknown;
    validate(content);
    expect(validate.errors).toBeNull();
  });

  it('looks at letters of both cases where the program does', () => {
    const [plan, inventory] = [parse(plainConfiguration) as object, { type: 'oci' }];
    const upper = ['OCID1.Compartment.OC1..x'];
    expect(validate({ ...plan, inventory: { ...inventory, compartments: upper } })).toBe(true);
    expect(validate({ ...plan, inventory: { ...inventory, compartments: ['compartment'] } })).toBe(false);
    expect(patternOf(/^[a-f]\sx$/i)).toBe(String.raw`^[a-fA-F]\s[xX]$`);
  });

  it('knows the keys of each kind', () => {
    const plan = { ...(parse(plainConfiguration) as object), inventory: { type: 'observed' } };
    expect(validate(plan)).toBe(true);
    expect(validate({ ...plan, report: 'tenancy-changes' })).toBe(false);
    const exclude = [{ target: 'x', reason: 'y' }];
    const { inventory: _, ...other } = { ...plan, exclude };
    expect(validate(other)).toBe(false);
    expect(validate({ ...other, report: 'database-activity' })).toBe(true);
  });

  it('refuses what the program refuses, where it can say it', () => {
    const told: string[] = [];
    let refused = 0;
    for (const { fault, configuration } of badValues) {
      if (typeof configuration !== 'string') continue;
      const content = parse(configuration, { logLevel: 'silent' }) as unknown;
      if (isTaken(content)) continue;
      refused += 1;
      if (validate(content)) told.push(fault);
    }
    expect(refused).toBeGreaterThan(20);
    expect(told).toEqual(beyondJsonSchema);
  });

  it('refuses nothing that the program takes', async () => {
    const [whole = ''] = yamlBlocks(await readText('docs/configuration.md'));
    const wrong = [undefined, null, 'words', '5m', -1, 3, true, [], {}];
    const stricter: string[] = [];
    let tried = 0;
    const content = parse(whole) as Record<string, unknown>;
    for (const [parent, key] of placesOf(content)) {
      if (key === 'type' || key === 'report') continue;
      const right = parent[key];
      for (const value of wrong) {
        if (value === undefined) delete parent[key];
        else parent[key] = value;
        tried += 1;
        if (!validate(content) && isTaken(content)) stricter.push(`${key}: ${JSON.stringify(value)}`);
      }
      parent[key] = right;
    }
    expect(stricter).toEqual([]);
    expect(tried).toBeGreaterThan(500);
  });
});

/** Faults of badValues that are none of its form: what exists, what was said before, what a value means. */
const beyondJsonSchema: readonly string[] = [
  'a duration beyond its bounds',
  'an unknown time zone',
  'a date that no calendar has',
  'two of the same name',
  'an environment variable that is not set',
  '`${env:NAME}`',
  '`${file:…}` of a file that cannot be read',
];

function* placesOf(value: unknown): Generator<readonly [parent: Record<string, unknown>, key: string]> {
  if (typeof value !== 'object' || value === null) return;
  const parent = value as Record<string, unknown>;
  for (const key of Object.keys(parent)) {
    yield [parent, key];
    yield* placesOf(parent[key]);
  }
}

describe('docs/configuration.md', () => {
  it('has every key of the zod schemas of every kind', () => {
    const told = new Set(configurationKeys(schema).map(({ path }) => path.slice(path.lastIndexOf('.') + 1)));
    const names = kindsOfPlans.flatMap((kind) => [...namesIn(z.object(planFields(kind)))]);
    expect(new Set(names).size).toBeGreaterThan(120);
    expect(names.filter((name) => !told.has(name) && !told.has(`database-activity/${name}`))).toEqual([]);
  });

  it('has no meaning of a key that is gone', () => {
    const paths = configurationKeys(schema).map(({ path }) => path);
    expect(unusedMeanings([...paths, 'database-activity/exclude'])).toEqual([]);
  });

  it('is in the package, and so is the schema', async () => {
    const { files } = JSON.parse(await readText('package.json')) as { files: string[] };
    expect(files).toContain('schema');
    expect(files).toContain('docs');
  });
});

describe('the line for editors that init writes', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'schema-line-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('is the first one, and leads to the schema of this package', async () => {
    await captured((output) => init({ config: join(directory, 'plan.yaml'), yes: true }, output));
    const [line = ''] = (await readFile(join(directory, 'plan.yaml'), 'utf8')).split('\n');
    const [, place = ''] = /^# yaml-language-server: \$schema=(\S+)$/.exec(line) ?? [];
    expect(JSON.parse(await readFile(new URL(place), 'utf8'))).toMatchObject({ $id: schema['$id'] });
  });

  it('is relative where the package is in the folder of the file or below it', () => {
    const root = new URL('.', packageRoot).pathname;
    expect(schemaLine(join(root, 'backup-report.yaml'))).toBe(
      '# yaml-language-server: $schema=./schema/config.schema.json\n',
    );
    expect(schemaLine(join(root, 'plans/daily.yaml'))).toMatch(
      / \$schema=file:\/\/\/.*\/schema\/config\.schema\.json\n$/,
    );
  });
});
