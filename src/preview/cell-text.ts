import type { Cell, CellValue } from 'exceljs';
import { dayMs } from '../base/time-units.js';

/** Day 0 of a workbook's calendar. */
const epochMs = Date.UTC(1899, 11, 30);

/** What a spreadsheet shows of a cell, as far as a preview needs it: plain text, number formats in outline. */
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
  // A hyperlink's text may be rich, and a formula's result anything.
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
  const places = /\.(0+)/.exec(format)?.[1]?.length ?? 0;
  const options = {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
    useGrouping: format.includes(','),
  };
  const isPercent = format.includes('%');
  // The preview is for one who makes templates: numbers as the workbook's format has them, whatever its reader's
  // spreadsheet makes of them.
  const number = new Intl.NumberFormat('en-US', options).format(isPercent ? value * 100 : value);
  return isPercent ? `${number}%` : number;
}

/** Days as hours and minutes, which may be more than a day: `26:05`. */
function hoursText(days: number): string {
  const minutes = Math.round(days * 24 * 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
