import type { WriteStream } from 'node:fs';
import type { ReportStamp } from '../../../model/report-stamp.js';
import type { WorkbookPlan } from '../binding/workbook-plan.js';
import { stampPartName, stampPartType, stampXml } from '../package/stamp-part.js';
import { ZipFile } from '../package/zip-file.js';
import type { ZipPart } from '../package/zip-part.js';
import type { SheetState } from '../template/template-model.js';
import { StyleRegister } from './style-register.js';
import {
  type ExtraPart,
  type WorkbookMaker,
  type WorkbookSheet,
  appXml,
  contentTypesXml,
  coreXml,
  packageRelationsXml,
  workbookRelationsXml,
  workbookXml,
} from './workbook-parts.js';

/**
 * A workbook that is written while its sheets are made (ECMA-376 part 1, 12.3.1). Its bytes depend on its content only.
 */
export class WorkbookFile {
  readonly styles = new StyleRegister();
  /** They follow the sheets. */
  readonly extraParts: ExtraPart[];
  readonly #zip: ZipFile;
  readonly #plan: WorkbookPlan;
  readonly #sheets: WorkbookSheet[] = [];

  /** @param stamp what the file says of itself for programs */
  constructor(file: WriteStream, plan: WorkbookPlan, stamp: ReportStamp) {
    this.#zip = new ZipFile(file);
    this.#plan = plan;
    this.extraParts = [{ name: stampPartName, content: stampXml(stamp), contentType: stampPartType }];
    this.#zip.add('xl/theme/theme1.xml', plan.theme);
    this.#zip.add('_rels/.rels', packageRelationsXml());
  }

  /** The caller writes its part, and ends it. */
  openSheet(name: string, state: SheetState): { readonly number: number; readonly part: ZipPart } {
    const number = this.#sheets.length + 1;
    this.#sheets.push({ number, name, state });
    return { number, part: this.#zip.open(`xl/worksheets/sheet${number}.xml`) };
  }

  /** @param names XML of the defined names; empty: none */
  async commit(maker: WorkbookMaker, names: string): Promise<void> {
    const zip = this.#zip;
    const { properties, markup } = this.#plan;
    for (const { name, content } of this.extraParts) zip.add(name, content);
    zip.add('[Content_Types].xml', contentTypesXml(this.#sheets, this.extraParts));
    zip.add('docProps/app.xml', appXml(this.#sheets));
    zip.add('docProps/core.xml', coreXml(maker, properties));
    zip.add('xl/styles.xml', this.styles.xml(markup.styles));
    zip.add('xl/_rels/workbook.xml.rels', workbookRelationsXml(this.#sheets));
    zip.add('xl/workbook.xml', workbookXml(this.#sheets, markup.protection, names));
    await zip.close();
  }
}
