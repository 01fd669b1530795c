import { Unanswered } from './probe-client.js';
import { type Prober, isFull, lately } from './prober.js';
import type { Row } from '../query-answer.js';

/** One group for each event: many groups, and each has one type. */
const groupedBy = "'Event ID'";

export interface LinkAnswer {
  readonly rows: readonly Row[];
  /** How many groups `stats … by` gives, which is not limited as `link` is. */
  readonly groups: number;
}

/** @throws Unanswered */
export async function askLink({ client, filter, whole }: Prober): Promise<LinkAnswer> {
  const grouped = await client.query(`${filter} | stats count as Records by ${groupedBy}`, whole);
  const linked = await client.query(
    `${filter} | link ${groupedBy} | stats count as Records, unique('Event Type') as Types`,
    whole,
  );
  return { rows: linked.rows, groups: grouped.rows.length };
}

/** @throws Unanswered where the window has too few groups */
export function groupsOf({ rows, groups }: LinkAnswer): number {
  if (rows.length < groups) return rows.length;
  if (isFull(rows)) throw new Unanswered(`${rows.length} groups came, the most that any query gives`);
  throw new Unanswered(`the window has ${groups} groups, too few: all of them came`);
}

/** @throws Unanswered where no group has a single type, or they differ */
export function formOfUnique({ rows }: LinkAnswer): 'scalar' | 'list' {
  const forms = new Set(rows.map(({ Types: types }) => formOf(types)).filter((form) => form !== null));
  const [form] = forms;
  if (form === undefined) throw new Unanswered('no group of the window has a single type');
  if (forms.size > 1) throw new Unanswered('some groups give the value, and some a list of one');
  return form;
}

function formOf(value: unknown): 'scalar' | 'list' | null {
  if (Array.isArray(value)) return value.length === 1 ? 'list' : null;
  return typeof value === 'string' && value !== '' ? 'scalar' : null;
}

/** @throws Unanswered */
export async function takesTextExtremes(prober: Prober): Promise<boolean> {
  const stats = `${prober.filter} | link ${groupedBy} | stats min('Event Type') as Least`;
  try {
    const { rows } = await prober.client.query(stats, lately(prober, 20), 20);
    return rows.some(({ Least: least }) => typeof least === 'string' && least !== '');
  } catch (error) {
    // Documented: numbers only. The columns themselves were taken by the link before.
    if (error instanceof Unanswered && error.status === 400) return false;
    throw error;
  }
}
