import { type ReportStamp, stampPrefix } from '../../../model/report-stamp.js';
import { xmlElement } from './xml-elements.js';
import { documentXml } from './xml-tree.js';

/** Name of the part with the custom properties of a workbook (ECMA-376 part 1, 15.2.12.2). */
export const stampPartName = 'docProps/custom.xml';

export const stampPartType = 'application/vnd.openxmlformats-officedocument.custom-properties+xml';

/** Type of the relationship by which the package refers to it. */
export const stampRelation =
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties';

const propertiesNamespace = 'http://schemas.openxmlformats.org/officeDocument/2006/custom-properties';
const valuesNamespace = 'http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes';

/** Of all custom properties that a person sees in the properties of the file ([MS-OLEPS] 2.21). */
const formatId = '{D5CDD505-2E9C-101B-9397-08002B2CF9AE}';

/** Numbers 0 and 1 are reserved. */
const firstNumber = 2;

/** The stamp as custom properties of the workbook, each a text. */
export function stampXml(stamp: ReportStamp): string {
  const properties = [...stamp].map(([name, value], index) =>
    xmlElement(
      'property',
      { fmtid: formatId, pid: String(firstNumber + index), name: `${stampPrefix}${name}` },
      [xmlElement('vt:lpwstr', {}, [value])],
    ),
  );
  return documentXml({
    root: xmlElement('Properties', {}, properties),
    namespaces: new Map([
      ['', propertiesNamespace],
      ['vt', valuesNamespace],
    ]),
  });
}
