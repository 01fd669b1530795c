import { createRequire } from 'node:module';

// Not by import: their types refer to those of a browser, which would then hold for all of our code.
const load = createRequire(import.meta.url);
const { parse } = load('@cdktn/hcl2json') as { parse: (name: string, text: string) => Promise<Block> };
const { format } = load('@cdktn/hcl-tools') as { format: (text: string) => Promise<string> };

export type Block = Readonly<Record<string, unknown>>;

/** The files of a module by name; `terraform.tfvars.example` among them. */
export type ModuleFiles = ReadonlyMap<string, string>;

export interface ArgumentTable {
  readonly resources: Readonly<
    Record<string, { readonly required: readonly string[]; readonly optional: readonly string[] }>
  >;
}

const example = 'terraform.tfvars.example';
const metaArguments = new Set(['count', 'for_each', 'provider', 'depends_on', 'lifecycle']);

/** All files of the module as one: kind of block -> type or name -> content. Throws where a file cannot be parsed. */
export async function parseModule(files: ModuleFiles): Promise<Readonly<Record<string, Block>>> {
  const whole: Record<string, Record<string, unknown>> = {};
  for (const [name, text] of files) {
    if (!name.endsWith('.tf')) continue;
    const content = (await parse(name, text)) as Readonly<Record<string, Block | readonly Block[]>>;
    for (const [kind, blocks] of Object.entries(content)) {
      for (const block of Array.isArray(blocks) ? (blocks as Block[]) : [blocks as Block]) {
        for (const [key, value] of Object.entries(block)) {
          const known = (whole[kind] ??= {});
          known[key] =
            kind === 'resource' || kind === 'data'
              ? { ...(known[key] as Block), ...(value as Block) }
              : value;
        }
      }
    }
  }
  return whole;
}

/** What is wrong with a module, one line each: form, references, declarations, arguments of resources. */
export async function faultsOfModule(files: ModuleFiles, table: ArgumentTable): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [name, text] of files) {
    if (!name.endsWith('.tf') && name !== example) continue;
    if ((await format(text)) !== text) faults.push(`${name}: is not formatted`);
  }
  const module = await parseModule(files);
  const texts = [...files].filter(([name]) => name.endsWith('.tf')).map(([, text]) => text);
  const exampleKeys = Object.keys(await parse(`${example}.tf`, files.get(example) ?? ''));
  const variables = module['variable'] ?? {};
  faults.push(
    ...exampleKeys.filter((key) => !(key in variables)).map((key) => `${example}: no variable ${key}`),
  );
  return [...faults, ...declarationFaults(module, withoutComments(texts)), ...argumentFaults(module, table)];
}

function withoutComments(texts: readonly string[]): string {
  return texts.map((text) => text.replaceAll(/^\s*#.*$/gm, '')).join('\n');
}

/** Whether all that is referred to is declared, all that is declared is used, and variables say what they are. */
function declarationFaults(module: Readonly<Record<string, Block>>, text: string): readonly string[] {
  const faults: string[] = [];
  const used = new Set([...text.matchAll(/\b(?:var|local)\.\w+/g)].map(([name]) => name));
  // A validation refers to its own variable: that is no use.
  const body = text.replaceAll(/^variable [\s\S]*?^\}/gm, '');
  for (const [name, [variable]] of Object.entries(module['variable'] ?? {}) as [string, [Block]][]) {
    if (typeof variable['description'] !== 'string') faults.push(`var.${name}: has no description`);
    if (variable['type'] === undefined) faults.push(`var.${name}: has no type`);
    if (!new RegExp(`\\bvar\\.${name}\\b`).test(body)) faults.push(`var.${name}: is not used`);
  }
  for (const [name, [output]] of Object.entries(module['output'] ?? {}) as [string, [Block]][]) {
    if (typeof output['description'] !== 'string') faults.push(`output ${name}: has no description`);
  }
  for (const name of Object.keys(module['locals'] ?? {})) {
    if (!used.has(`local.${name}`)) faults.push(`local.${name}: is not used`);
  }
  for (const name of used) {
    const [kind = '', key = ''] = name.split('.');
    if (!(key in (module[kind === 'var' ? 'variable' : 'locals'] ?? {})))
      faults.push(`${name}: is not declared`);
  }
  for (const [whole, data, type = '', name = ''] of text.matchAll(/\b(data\.)?(oci_\w+)\.(\w+)/g)) {
    const declared = (module[data === undefined ? 'resource' : 'data'] ?? {})[type] as Block | undefined;
    if (declared?.[name] === undefined) faults.push(`${whole}: is not declared`);
  }
  return faults;
}

function argumentFaults(module: Readonly<Record<string, Block>>, table: ArgumentTable): readonly string[] {
  const faults: string[] = [];
  for (const [type, named] of Object.entries(module['resource'] ?? {}) as [
    string,
    Record<string, [Block]>,
  ][]) {
    const known = table.resources[type];
    if (known === undefined) faults.push(`${type}: is not in the table of arguments`);
    if (known === undefined) continue;
    for (const [name, [block]] of Object.entries(named)) {
      const dynamic = Object.keys((block['dynamic'] ?? {}) as Block);
      const given = [...Object.keys(block).filter((key) => key !== 'dynamic'), ...dynamic];
      const where = `${type}.${name}`;
      faults.push(
        ...known.required.filter((key) => !given.includes(key)).map((key) => `${where}: lacks ${key}`),
      );
      const taken = new Set([...known.required, ...known.optional, ...metaArguments]);
      faults.push(...given.filter((key) => !taken.has(key)).map((key) => `${where}: takes no ${key}`));
    }
  }
  return faults;
}

/** What the program may do in the whole tenancy. */
const inTenancy = new Set([
  'read loganalytics-query',
  'read loganalytics-lifecycle',
  'read loganalytics-source',
  'read compartments',
  'inspect compartments',
  'inspect tenancies',
  'read audit-events',
]);

const statement =
  /^allow (any-user|dynamic-group [\w-]+|group [\w.-]+|service [\w-]+) to ((?:inspect|read|use|manage) [a-z-]+|\{[A-Z_]+(?:, [A-Z_]+)*\}) in (tenancy|compartment id \S+)(?: where (all \{.+\}))?$/;

/** Why a statement gives more than it must, or is none; null where it is as it should be. */
export function faultOfStatement(text: string): string | null {
  const [, subject, what = '', scope, condition] = statement.exec(text) ?? [];
  if (subject === undefined) return 'is no statement';
  if (what.endsWith(' all-resources')) return 'is about all resources';
  if (what.startsWith('manage ') && condition === undefined) return 'manages without a condition';
  if (
    subject === 'any-user' &&
    !/request\.principal\.type = '(?:serviceconnector|workload)'/.test(condition ?? '')
  ) {
    return 'is for any user';
  }
  return scope === 'tenancy' && !inTenancy.has(what) ? 'is for the whole tenancy' : null;
}
