import { load } from 'cheerio';
import JSZip from 'jszip';

/** What Log Analytics would make of the importable content: read from the file alone, not from our table. */
export interface ReadLogContent {
  readonly sourceName: string;
  readonly parserNames: readonly string[];
  /** Elements below the root, in order. */
  readonly elements: readonly string[];
  /** Display name and data type of each field that the import makes. */
  readonly madeFields: ReadonlyMap<string, string>;
  /** Internal name in the file -> display name. */
  readonly names: ReadonlyMap<string, string>;
  readonly parserFields: readonly ParserField[];
  readonly example: string;
  readonly readme: string;
}

export interface ParserField {
  readonly sequence: number;
  readonly name: string;
  /** `$.data.resourceId` */
  readonly path: string;
}

export async function readLogContent(zipBytes: Uint8Array): Promise<ReadLogContent> {
  const zip = await JSZip.loadAsync(zipBytes, { checkCRC32: true });
  const text = async (name: string): Promise<string> => (await zip.file(name)?.async('text')) ?? '';
  const $ = load(await text('content.xml'), { xml: true });
  const root = $('LoganContent');
  return {
    sourceName: root.children('Source').attr('name') ?? '',
    parserNames: [root.find('Parser > Name').text(), root.find('Parser > ParserName').text()],
    elements: root
      .children()
      .toArray()
      .map(({ tagName }) => tagName),
    madeFields: new Map(
      root
        .children('Field')
        .toArray()
        .map((each) => [$(each).children('DisplayName').text(), $(each).children('DataType').text()]),
    ),
    names: new Map(
      root
        .find('FieldNameMap')
        .toArray()
        .map((each) => [$(each).children('Name').text(), $(each).children('DisplayName').text()]),
    ),
    parserFields: root
      .find('ParserField')
      .toArray()
      .map((each) => ({
        sequence: Number($(each).children('FieldSeq').text()),
        name: $(each).children('FieldName').text(),
        path: $(each).children('StructuredColInfo').text(),
      })),
    example: root.find('ExampleContent').text(),
    readme: await text('README.txt'),
  };
}

/** The value at a JSON path of member names; undefined where there is none. Throws on any other path. */
export function atJsonPath(value: unknown, path: string): unknown {
  if (!/^\$(?:\.[A-Za-z_]\w*)+$/.test(path)) throw new Error(`no path of member names: ${path}`);
  let found = value;
  for (const name of path.split('.').slice(1)) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

/** How rows may look, where Oracle's documents leave it open. */
export interface RowForm {
  /** Built-in fields by internal name; others have only their display name. */
  readonly byInternalName?: boolean;
  /** Times as epoch milliseconds. */
  readonly timesAsNumbers?: boolean;
}

/** Display names of the built-in fields that rows are known to have them by (the public walk-through's queries). */
const builtInColumns: Readonly<Record<string, string>> = {
  eventtype: 'Event Type',
  eventid: 'Event ID',
  starteventtime: 'Event Start Time',
  compartmentid: 'Compartment ID',
  compartmentname: 'Compartment Name',
  ocirsrcname: 'OCI Resource Name',
  status: 'Status',
  datasrc: 'Datasource',
  time: 'Time',
};

/** The row that the parser makes of an event, without its original content. Objects are text; what is not there is left out. */
export function rowOf(content: ReadLogContent, event: unknown, form: RowForm = {}): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const { name, path } of content.parserFields) {
    const value = atJsonPath(event, path);
    if (value === undefined || value === null) continue;
    const shown = content.names.get(name);
    const builtIn = form.byInternalName === true ? name : (builtInColumns[name] ?? name);
    const isTime = name.startsWith('udfd') || name === 'time' || name === 'starteventtime';
    const asTime = isTime && form.timesAsNumbers === true ? Date.parse(String(value)) : value;
    row[shown ?? builtIn] = typeof asTime === 'object' ? JSON.stringify(asTime) : asTime;
  }
  return row;
}
