import type { Cell, CellValue } from 'exceljs';
import { dayMs } from '../base/time-units.js';

/** Day 0 of the workbook calendar. */
const epochMs = Date.UTC(1899, 11, 30);

/** What a spreadsheet would show in a cell, closely enough for a preview: plain text, and number formats simplified. */
export function cellText({ value, numFmt }: Cell): string {
  return valueText(value, numFmt ?? 'General');
}

function valueText(value: CellValue, format: string): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return timeText(value, format);
  if (typeof value === 'number') return numberText(value, format);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('error' in value) return value.error;
  // A hyperlink's text may be rich text, and a formula's result may be anything.
  if ('text' in value) return valueText(value.text as CellValue, format);
  if ('formula' in value || 'sharedFormula' in value) {
    return value.result === undefined ? `=${value.formula ?? ''}` : valueText(value.result, format);
  }
  return '';
}

function timeText(value: Date, format: string): string {
  if (/\[h+\]/i.test(format)) return hoursText((value.getTime() - epochMs) / dayMs);
  if (Number.isNaN(value.getTime())) return '';
  const [date = '', time = ''] = value.toISOString().split(/[TZ.]/);
  const hasDate = /[yd]/i.test(format);
  const clock = /s/i.test(format) ? time : time.slice(0, 5);
  if (!/h/i.test(format)) return date;
  return hasDate ? `${date} ${clock}` : clock;
}

function numberText(value: number, format: string): string {
  if (/\[h+\]/i.test(format)) return hoursText(value);
  if (format === 'General' || format === '@') return String(value);
  const [, zeros = '', optional = ''] = /\.(0*)(#*)/.exec(format) ?? [];
  const options = {
    minimumFractionDigits: zeros.length,
    maximumFractionDigits: zeros.length + optional.length,
    useGrouping: format.includes(','),
  };
  const isPercent = format.includes('%');
  // Always en-US: the preview shows authors the workbook's own number format, not a reader's locale.
  const number = new Intl.NumberFormat('en-US', options).format(isPercent ? value * 100 : value);
  return isPercent ? `${number}%` : number;
}

/** Days as hours and minutes, with more than 24 hours where needed: `26:05`. */
function hoursText(days: number): string {
  const minutes = Math.round(days * 24 * 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
