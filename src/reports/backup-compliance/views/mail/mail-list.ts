import type { BackupWording } from '../backup-wording.js';

/** A list that a mail may cut: what it shows, the whole count, and a sentence for the rest. */
export interface MailList<Item> {
  readonly hasAny: boolean;
  /** With the count: `2 open incidents`. */
  readonly title: string;
  readonly total: string;
  readonly items: readonly Item[];
  readonly more: string | null;
}

export interface ListWording {
  /** Of the messages `mail.lists.<kind>` and `mail.more.<kind>`: the title, and how many are not listed. */
  readonly kind: string;
  readonly cap: number;
  readonly wording: BackupWording;
  /** Day that the title names; '' where it names none. */
  readonly day: string;
}

export function mailList<Source, Item>(
  all: readonly Source[],
  { kind, cap, wording, day }: ListWording,
  item: (source: Source) => Item,
): MailList<Item> {
  return {
    hasAny: all.length > 0,
    title: wording.text(`mail.lists.${kind}`, { number: all.length, day }),
    total: wording.language.integer(all.length),
    items: all.slice(0, cap).map((source) => item(source)),
    more: moreWords(wording, kind, all.length - cap),
  };
}

/** Says how many are not listed; null if all are. */
export function moreWords({ text }: BackupWording, kind: string, rest: number): string | null {
  return rest <= 0 ? null : text(`mail.more.${kind}`, { number: rest });
}
