import { artefactNames } from '../../../model/artefact-names.js';
import type { Language } from '../../../model/language.js';
import type { KindMemory } from '../../report-kind.js';
import { memoryOf } from '../memory/memory.js';
import { type ReportFault, parseMemorable } from '../memory/parse-memorable.js';
import { readPointLines } from '../memory/point-lines.js';
import type { DayMemory } from '../model/day-memory.js';

/** Reads what an archived report passes on to the next day. */
export const archivedMemory: KindMemory<DayMemory> = {
  linesFile: artefactNames.recoveryPoints,
  async read(bytes, { lines, ...expected }, language) {
    const parsed = parseMemorable(bytes, expected);
    if (!parsed.ok) return { ok: false, fault: faultInWords(parsed.fault, language) };
    try {
      const points = lines && (await readPointLines(lines));
      return { ok: true, memory: memoryOf(parsed.report, points) };
    } catch (error) {
      const values = { file: artefactNames.recoveryPoints, why: String(error) };
      return { ok: false, fault: language.text('sentences.memory.linesUnreadable', values) };
    }
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
