import { eventColumns } from '../query-text.js';
import { Unanswered } from './probe-client.js';
import { type Prober, lately } from './prober.js';

const maxQueries = 20;

/**
 * Which of the columns that a reading asks for exist: a query that names one more is refused, so halves are asked for.
 *
 * @throws Unanswered
 */
export async function probeColumns(prober: Prober): Promise<readonly string[]> {
  const slice = lately(prober, 1);
  let queries = 0;
  const taken = async (names: readonly string[]): Promise<readonly string[] | null> => {
    queries += 1;
    if (queries > maxQueries)
      throw new Unanswered(`so many are missing that ${maxQueries} queries do not tell`);
    const fields = names.map((name) => `'${name}'`).join(', ');
    try {
      const { columns } = await prober.client.query(`${prober.filter} | fields ${fields}`, slice, 1);
      const listed = names.filter((name) => columns.includes(name));
      // A service that names none of them by its display name says nothing.
      return listed.length === 0 ? names : listed;
    } catch (error) {
      if (error instanceof Unanswered && error.status === 400) return null;
      throw error;
    }
  };
  const search = async (names: readonly string[], isRefused: boolean): Promise<readonly string[]> => {
    const found = isRefused ? null : await taken(names);
    if (found !== null) return found;
    if (names.length === 1) return [];
    const middle = Math.ceil(names.length / 2);
    const first = await search(names.slice(0, middle), false);
    // If nothing is wrong with the first half, it is with the second.
    const isSecondRefused = first.length === middle;
    return [...first, ...(await search(names.slice(middle), isSecondRefused))];
  };
  return search(eventColumns(prober.logSource), false);
}
