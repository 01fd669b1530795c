import { sha256Hex } from '../../base/digest.js';
import { Failure, explainError } from '../../errors.js';
import { readRegularFile } from '../../files/regular-file.js';
import type { ProtectedResource } from '../../model/protected-resource.js';
import type { Inventory } from '../../ports/inventory.js';
import { type ListedResource, checkResources } from './check-resources.js';
import { type LineFault, csvRows, yamlRows } from './file-rows.js';
import { readRow } from './read-row.js';

/** How many faults are told one by one. */
const toldFaults = 50;

/**
 * An inventory in CSV (with a header) or YAML (a list). Columns: resourceId, resourceType, resourceName,
 * compartment, compartmentId, owner, tags (`env=prod;tier=1` in CSV), created (`2026-11-19` or `2026-11-19T06:30:00Z`),
 * memberOf (a volume's group: its OCID or name).
 *
 * @param ownTypes types of resources that the configuration's policies name, in lower case
 */
export function createFileInventory(path: string, name: string, ownTypes: readonly string[] = []): Inventory {
  return {
    type: 'file',
    description: `resources listed in ${name}`,
    expectedResources: async () => {
      const bytes = await readBytes(path, name);
      const mediaType = isYaml(name) ? 'application/yaml' : 'text/csv';
      const content = { bytes, mediaType };
      const resources = parse(bytes, name, (listed) => checkResources(listed, ownTypes));
      return { resources, isNamed: true, faults: [], digest: sha256Hex(bytes), content };
    },
    // It was accepted then, perhaps by a version that knew fewer rules.
    readBack: (content) => parse(content, name, () => [], false),
  };
}

function isYaml(name: string): boolean {
  return /\.ya?ml$/i.test(name);
}

async function readBytes(path: string, name: string): Promise<Buffer> {
  try {
    return await readRegularFile(path);
  } catch (error) {
    throw new Failure('usage', `cannot read the inventory ${name}: ${explainError(error)}`, {
      cause: error,
      hints: ['Correct inventory.path in the configuration; it is relative to the configuration file.'],
    });
  }
}

/** Reports every fault at once, each with its line. */
function parse(
  bytes: Uint8Array,
  name: string,
  check: (listed: readonly ListedResource[]) => readonly LineFault[],
  isStrict = true,
): readonly ProtectedResource[] {
  const text = textOf(bytes);
  const { rows, faults: unread } = isYaml(name) ? yamlRows(text, isStrict) : csvRows(text);
  const faults = [...unread];
  const listed: ListedResource[] = [];
  const isNews = unknownColumnsOnce();
  for (const { line, value } of rows) {
    const read = readRow(value);
    if ('resource' in read) listed.push({ line, resource: read.resource });
    else faults.push(...read.faults.filter(isNews).map((words) => ({ line, words })));
  }
  faults.push(...repeatedIds(listed), ...check(listed));
  if (rows.length === 0 && unread.length === 0) {
    faults.push({ line: 0, words: 'it lists no resource; an empty inventory would make every report green' });
  }
  if (faults.length > 0) throw inventoryFault(name, faults);
  return listed.map(({ resource }) => resource);
}

/** In CSV, a column that is not known would be told for each row. */
function unknownColumnsOnce(): (words: string) => boolean {
  const told = new Set<string>();
  return (words) => {
    if (!words.startsWith('Unrecognized')) return true;
    const isNew = !told.has(words);
    told.add(words);
    return isNew;
  };
}

/** Spreadsheets write UTF-16, too. */
function textOf(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

function repeatedIds(listed: readonly ListedResource[]): readonly LineFault[] {
  const seen = new Map<string, number>();
  return listed.flatMap(({ line, resource: { resourceId } }) => {
    const before = seen.get(resourceId);
    seen.set(resourceId, line);
    return before === undefined
      ? []
      : [{ line, words: `resourceId ${resourceId} is on line ${before} already` }];
  });
}

function inventoryFault(name: string, faults: readonly LineFault[]): Failure {
  const lines = [...faults]
    .sort((a, b) => a.line - b.line)
    .map(({ line, words }) => `  ${line === 0 ? '' : `line ${line}: `}${words}`);
  const more = lines.length - toldFaults;
  const told = more > 0 ? [...lines.slice(0, toldFaults), `  and ${more} more like these`] : lines;
  return new Failure('usage', `the inventory ${name} cannot be used:\n${told.join('\n')}`);
}
