import type { WorkbookPlan } from '../binding/workbook-plan.js';
import { plainXml } from '../package/plain-xml.js';
import { stampPartName, stampRelation } from '../package/stamp-part.js';
import { elementsOf } from '../package/xml-elements.js';
import { documentXml, parseXml } from '../package/xml-tree.js';
import type { WorkbookMarkup } from '../template/workbook-markup.js';

/** A part of the workbook that exceljs does not write. */
export interface ExtraPart {
  readonly name: string;
  readonly content: Buffer | string;
  /** null: determined by the file extension. */
  readonly contentType: string | null;
}

/** What the parts that exceljs writes are completed with. */
export interface Completion extends Pick<WorkbookPlan, 'theme' | 'markup'> {
  /** XML of the defined names; empty: none. */
  readonly names: string;
  readonly extraParts: readonly ExtraPart[];
}

const vmlType = 'application/vnd.openxmlformats-officedocument.vmlDrawing';

/** A part of exceljs with what the template has and exceljs does not know. @param source a stream or XML */
export function completedPart(source: unknown, name: string, completion: Completion): unknown {
  const { theme, markup, names, extraParts } = completion;
  switch (name) {
    case 'xl/theme/theme1.xml':
      return theme ?? source;
    case 'xl/styles.xml':
      return withStyles(String(source), markup);
    case '/xl/workbook.xml':
      return withNames(String(source), markup.protection, names);
    case '/_rels/.rels':
      return withStampRelation(String(source));
    case '[Content_Types].xml':
      return withTypes(String(source), extraParts);
    default:
      return source;
  }
}

/**
 * Styles of rules and tables as the template has them, and its colours: their numbers stay valid. What exceljs writes of
 * fonts gets the order of the schema.
 */
function withStyles(xml: string, { styles }: WorkbookMarkup): string {
  const { root, namespaces } = parseXml(xml);
  const children = elementsOf(root).flatMap((own) => {
    const kept = styles.get(own.name) ?? own;
    const colors = own.name === 'tableStyles' ? styles.get('colors') : undefined;
    return colors === undefined ? [kept] : [kept, colors];
  });
  return documentXml({ root: plainXml({ ...root, children }), namespaces });
}

function withNames(xml: string, protection: string, names: string): string {
  return xml
    .replace(/<(?:bookViews|sheets)\b/, (next) => protection + next)
    .replace('</sheets>', () => `</sheets>${names}`);
}

/** The package refers to its custom properties. */
function withStampRelation(xml: string): string {
  const relation = `<Relationship Id="rIdStamp" Type="${stampRelation}" Target="${stampPartName}"/>`;
  return xml.replace('</Relationships>', () => `${relation}</Relationships>`);
}

/** exceljs itself names the type of drawings of notes, by their ending. */
function withTypes(xml: string, parts: readonly ExtraPart[]): string {
  const overrides = parts
    .filter(({ contentType }) => contentType !== null && contentType !== vmlType)
    .map(({ name, contentType }) => `<Override PartName="/${name}" ContentType="${contentType}"/>`);
  return xml.replace('</Types>', () => `${overrides.join('')}</Types>`);
}
