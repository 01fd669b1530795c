import { type ReportStamp, stampPrefix } from '../../../model/report-stamp.js';
import { stampPartName } from './stamp-part.js';
import { elementsOf, localName, textOf } from './xml-elements.js';
import { openOfficePackage } from './xlsx-package.js';

/**
 * The stamp of an archived workbook; null: it carries none, as those of earlier versions.
 *
 * @throws Error for what is no workbook
 */
export async function readWorkbookStamp(bytes: Uint8Array): Promise<ReportStamp | null> {
  const file = await openOfficePackage(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!file.has(stampPartName)) return null;
  const { root } = await file.document(stampPartName);
  const stamp = new Map<string, string>();
  for (const property of elementsOf(root)) {
    const name = property.attributes['name'] ?? '';
    if (localName(property) !== 'property' || !name.startsWith(stampPrefix)) continue;
    stamp.set(name.slice(stampPrefix.length), textOf(property));
  }
  return stamp.size === 0 ? null : stamp;
}
