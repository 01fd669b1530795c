import JSZip from 'jszip';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Content types of parts, by the beginning of their names. */
const types: readonly (readonly [RegExp, string])[] = [
  [/^xl\/worksheets\/\w+\.xml$/, `${spreadsheet}.worksheet+xml`],
  [/^xl\/drawings\/\w+\.xml$/, 'application/vnd.openxmlformats-officedocument.drawing+xml'],
  [/^xl\/charts\/chart\w*\.xml$/, 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml'],
  [/^xl\/comments\w*\.xml$/, `${spreadsheet}.comments+xml`],
  [/^xl\/tables\/\w+\.xml$/, `${spreadsheet}.table+xml`],
  [/^xl\/styles\.xml$/, `${spreadsheet}.styles+xml`],
];

/** A sheet of a workbook made by hand. */
export interface HandMadeSheet {
  readonly name: string;
  /** What follows the cells, in the order of the schema. */
  readonly after?: string;
  /** What stands before the cells. */
  readonly before?: string;
  /** Texts of cells: one row each. */
  readonly rows?: readonly (readonly string[])[];
  /** Relationships of the sheet: kind and target. */
  readonly relations?: readonly (readonly [string, string])[];
  /** The whole sheet, instead. */
  readonly xml?: string;
}

export interface HandMade {
  readonly sheets: readonly HandMadeSheet[];
  /** Further children of the workbook, after its sheets. */
  readonly workbook?: string;
  /** Further parts by name. */
  readonly parts?: Readonly<Record<string, string | Buffer>>;
  /** Further relationships of the workbook: kind and target. */
  readonly relations?: readonly (readonly [string, string])[];
  /** What the name of a part becomes in the zip. */
  readonly rename?: (name: string) => string;
}

/** A workbook as no program of ours would write it. */
export async function handMadeWorkbook(made: HandMade): Promise<Buffer> {
  const { sheets, workbook = '', parts = {}, relations = [], rename = (name) => name } = made;
  const files: Record<string, string | Buffer> = { ...parts };
  const listed = sheets.map(({ name }, index) => sheetEntry(name, index + 1));
  files['_rels/.rels'] = relationsXml([['officeDocument', 'xl/workbook.xml']]);
  files['xl/workbook.xml'] =
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${listed.join('')}</sheets>${workbook}</workbook>`;
  files['xl/_rels/workbook.xml.rels'] = relationsXml([
    ...sheets.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const),
    ...relations,
  ]);
  for (const [index, sheet] of sheets.entries()) {
    files[`xl/worksheets/sheet${index + 1}.xml`] = sheet.xml ?? sheetXml(sheet);
    if (sheet.relations !== undefined)
      files[`xl/worksheets/_rels/sheet${index + 1}.xml.rels`] = relationsXml(sheet.relations);
  }
  files['[Content_Types].xml'] = typesXml(Object.keys(files));
  const zip = new JSZip();
  for (const [name, content] of Object.entries(files)) zip.file(rename(name), content);
  return zip.generateAsync({ type: 'nodebuffer' });
}

function sheetEntry(name: string, number: number): string {
  const written = name.replaceAll('"', '&quot;');
  return `<sheet name="${written}" sheetId="${number}" r:id="rId${number}"/>`;
}

function sheetXml({ rows = [], before = '', after = '' }: HandMadeSheet): string {
  const written = rows.map((cells, row) => {
    const inside = cells.map((text, column) => {
      const at = `${String.fromCharCode(65 + column)}${row + 1}`;
      return `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
    });
    return `<row r="${row + 1}">${inside.join('')}</row>`;
  });
  return (
    `<worksheet xmlns="${main}" xmlns:r="${office}">${before}` +
    `<sheetData>${written.join('')}</sheetData>${after}</worksheet>`
  );
}

export function relationsXml(relations: readonly (readonly [string, string])[]): string {
  const entries = relations.map(([kind, target], index) => {
    const type = kind.includes('/') ? kind : `${office}/${kind}`;
    return `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`;
  });
  return `<Relationships xmlns="${packaged}">${entries.join('')}</Relationships>`;
}

function typesXml(names: readonly string[]): string {
  const overrides = names.flatMap((name) => {
    const type = types.find(([pattern]) => pattern.test(name))?.[1];
    return type === undefined ? [] : [`<Override PartName="/${name}" ContentType="${type}"/>`];
  });
  return (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="png" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/>' +
    '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/>${overrides.join('')}</Types>`
  );
}
