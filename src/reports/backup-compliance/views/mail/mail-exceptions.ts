import type { DailyReport } from '../../model/daily-report.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { isException } from '../../model/verdict.js';
import { type CauseGroup, groupByCause } from '../causes/cause-groups.js';
import { mailCauseGroup, type MailCauseGroup } from './mail-cause-group.js';
import { mailException, type MailException } from './mail-exception.js';
import { moreWords } from './mail-list.js';
import type { MailWording } from './mail-wording.js';

/** A cause of more resources than this is told once for all of them. */
const mostAlone = 4;

/** One of both; the other is null. */
export interface ExceptionEntry {
  readonly one: MailException | null;
  readonly many: MailCauseGroup | null;
}

export interface MailExceptions {
  readonly hasAny: boolean;
  /** Of resources, not of entries. */
  readonly total: string;
  readonly items: readonly ExceptionEntry[];
  /** How many resources stand in no entry. */
  readonly more: string | null;
  /** That there are none, or that none could be seen; null: there are some. */
  readonly none: string | null;
}

/** The exceptions worst first, those of a common cause together where the first of them stands. */
export function exceptionLister(report: DailyReport, context: MailWording): (cap: number) => MailExceptions {
  const { wording } = context;
  const exceptions = report.resources.filter(isException);
  const rows = rowsOf(exceptions);
  return (cap) => {
    const shown = rows.slice(0, cap);
    let told = 0;
    for (const { group } of shown) told += group?.resources.length ?? 1;
    return {
      hasAny: exceptions.length > 0,
      total: wording.language.integer(exceptions.length),
      items: shown.map(({ first, group }) => ({
        one: group === null ? mailException(first, context) : null,
        many: group === null ? null : mailCauseGroup(group, first, context),
      })),
      more: moreWords(wording, 'exception', exceptions.length - told),
      none: exceptions.length > 0 ? null : wording.text(noneKey(report)),
    };
  };
}

function noneKey({ status, totals }: DailyReport): string {
  if (status === 'INCOMPLETE') return 'mail.exceptions.noneSeen';
  return totals.expected === 0 ? 'mail.exceptions.nothingSeen' : 'mail.exceptions.none';
}

interface ExceptionRow {
  readonly first: ResourceCompliance;
  /** null: it stands alone. */
  readonly group: CauseGroup | null;
}

function rowsOf(exceptions: readonly ResourceCompliance[]): readonly ExceptionRow[] {
  const grouped = new Map<ResourceCompliance, CauseGroup>();
  for (const group of groupByCause(exceptions)) {
    if (group.resources.length <= mostAlone) continue;
    for (const resource of group.resources) grouped.set(resource, group);
  }
  return exceptions.flatMap((first) => {
    const group = grouped.get(first) ?? null;
    return group === null || group.resources[0] === first ? [{ first, group }] : [];
  });
}
