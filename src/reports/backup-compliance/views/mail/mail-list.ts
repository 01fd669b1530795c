import type { BackupWording } from '../backup-wording.js';

/** A list that a mail may cut: what it shows, the whole count, and a sentence for the rest. */
export interface MailList<Item> {
  readonly hasAny: boolean;
  readonly total: string;
  readonly items: readonly Item[];
  readonly more: string | null;
}

/** @param kind of the message `mail.more.<kind>`, which says how many are not listed */
export function mailList<Source, Item>(
  all: readonly Source[],
  { kind, cap, wording }: { readonly kind: string; readonly cap: number; readonly wording: BackupWording },
  item: (source: Source) => Item,
): MailList<Item> {
  return {
    hasAny: all.length > 0,
    total: wording.language.integer(all.length),
    items: all.slice(0, cap).map((source) => item(source)),
    more: moreWords(wording, kind, all.length - cap),
  };
}

/** Says how many are not listed; null if all are. */
export function moreWords({ text }: BackupWording, kind: string, rest: number): string | null {
  return rest <= 0 ? null : text(`mail.more.${kind}`, { number: rest });
}
