import { Unanswered } from './probe-client.js';
import { type Prober, lately } from './prober.js';

/** @throws Unanswered */
export async function probePageHeader({
  client,
  filter,
  whole,
}: Prober): Promise<'opc-next-page-id' | 'opc-next-page'> {
  const { headers, total, rows } = await client.query(`${filter} | fields 'Time'`, whole, 1);
  const named = (['opc-next-page-id', 'opc-next-page'] as const).filter((name) => headers.get(name));
  const [first] = named;
  if (named.length > 1) throw new Unanswered('an answer with another page has both headers');
  if (first !== undefined) return first;
  const isAlone = (total ?? 0) <= rows.length;
  throw new Unanswered(
    isAlone
      ? 'the window has one record, and so no second page'
      : 'an answer with one of several records names no next page',
  );
}

/** @throws Unanswered */
export async function probeAsyncStatus(prober: Prober): Promise<number> {
  const status = await prober.client.submit(`${prober.filter} | stats count as records`, lately(prober, 1));
  if ([200, 201, 202].includes(status)) return status;
  throw new Unanswered(`the service accepts such a query with ${status}`);
}

/** @throws Unanswered */
export async function probeExportShape(prober: Prober): Promise<'array' | 'object' | 'lines'> {
  const text = (await prober.client.export(`${prober.filter} | fields 'Time'`, lately(prober, 3))).trim();
  const value = parsed(text);
  if (Array.isArray(value)) return 'array';
  const lists = isObject(value) ? Object.values(value).filter(Array.isArray) : [];
  if (lists.some((list) => list.every(isObject))) return 'object';
  if (text !== '' && text.split('\n').every((line) => isObject(parsed(line)))) return 'lines';
  throw new Unanswered(text === '' ? 'the export is empty' : 'the export has another form');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
