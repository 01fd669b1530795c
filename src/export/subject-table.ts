import type { IndexedSubject } from '../model/day-coverage.js';

/** A subject, and its outcome on each day that it was in a report of. */
export interface SubjectRow extends Omit<IndexedSubject, 'outcome'> {
  /** An outcome for each date, in their order; null: it is in no report of that day. */
  readonly outcomes: readonly (string | null)[];
}

/** Collects the subjects of many days: one byte a subject and day. Days may come in any order. */
export interface SubjectTable {
  add(date: string, subjects: readonly IndexedSubject[]): void;
  /** By name and id; names are those of the newest day. */
  rows(dates: readonly string[]): Iterable<SubjectRow>;
}

type Known = Omit<IndexedSubject, 'outcome'> & { readonly date: string };

export function createSubjectTable(): SubjectTable {
  const numbers = new Map<string, number>();
  const known: Known[] = [];
  const names: string[] = [];
  const byDate = new Map<string, Uint8Array>();
  return {
    add(date, subjects) {
      const found: (readonly [number: number, code: number])[] = [];
      for (const { outcome, ...subject } of subjects) {
        const number = numbers.get(subject.id) ?? known.length;
        numbers.set(subject.id, number);
        if (date >= (known[number]?.date ?? '')) known[number] = { ...subject, date };
        if (!names.includes(outcome)) names.push(outcome);
        // 0 stands for none.
        found.push([number, names.indexOf(outcome) + 1]);
      }
      const codes = new Uint8Array(known.length);
      for (const [number, code] of found) codes[number] = code;
      byDate.set(date, codes);
    },
    *rows(dates) {
      const order = [...known.keys()].sort((a, b) => compareKnown(known[a], known[b]));
      for (const number of order) {
        const subject = known[number];
        if (subject === undefined) continue;
        const { id, name, type, anchor } = subject;
        const outcomes = dates.map((date) => names[(byDate.get(date)?.[number] ?? 0) - 1] ?? null);
        yield { id, name, type, anchor, outcomes };
      }
    },
  };
}

function compareKnown(a: Known | undefined, b: Known | undefined): number {
  const [first, second] = [`${a?.name}\n${a?.id}`, `${b?.name}\n${b?.id}`];
  return first < second ? -1 : first > second ? 1 : 0;
}
