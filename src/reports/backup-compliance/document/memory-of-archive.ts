import type { Language } from '../../../model/language.js';
import type { KindMemory } from '../../report-kind.js';
import { memoryOf } from '../memory/memory.js';
import { type ReportFault, parseMemorable } from '../memory/parse-memorable.js';
import type { DayMemory } from '../model/day-memory.js';

/** Reads what an archived report passes on to the next day. */
export const archivedMemory: KindMemory<DayMemory> = {
  read(bytes, expected, language) {
    const parsed = parseMemorable(bytes, expected);
    return parsed.ok
      ? { ok: true, memory: memoryOf(parsed.report) }
      : { ok: false, fault: faultInWords(parsed.fault, language) };
  },
};

function faultInWords(fault: ReportFault, language: Language): string {
  switch (fault.kind) {
    case 'not-json':
      return language.text('sentences.memory.notJson');
    case 'malformed':
      return fault.issue;
    case 'of-another': {
      const { plan, date } = fault;
      return language.text('sentences.memory.ofAnother', { plan, date: language.date(date) });
    }
  }
}
