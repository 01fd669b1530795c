import { isDeeperThan } from '../../base/nesting.js';
import { clip } from '../../base/text-safety.js';
import { type JsonObject, isJsonObject, objectIn } from '../json.js';
import { withoutSecrets } from '../secrets.js';

/** The most that is kept of one side, in characters of its JSON text; the evidence has all of it. */
export const maxState = 4000;
const maxLevels = 50;

/** What a record says of a resource before and after, as JSON text; null: it says nothing. Fields that may have changed. */
export interface StateChange {
  readonly before: string | null;
  readonly after: string | null;
}

/** @param data of the event */
export function stateChangeOf(data: JsonObject): StateChange {
  const change = objectIn(data['stateChange']);
  if (change === undefined) return { before: null, after: null };
  return { before: stateText(change['previous']), after: stateText(change['current']) };
}

/** Fields that are empty on both sides say nothing; secrets are removed. */
function stateText(written: unknown): string | null {
  const state = objectIn(written);
  if (state === undefined || isDeeperThan(state, maxLevels)) return null;
  const told = Object.fromEntries(Object.entries(state).filter(([, field]) => !isEmpty(field)));
  if (Object.keys(told).length === 0) return null;
  return clip(JSON.stringify(withoutSecrets(told)), maxState);
}

function isEmpty(field: unknown): boolean {
  if (field === null || field === undefined || field === '') return true;
  return isJsonObject(field) && Object.keys(field).length === 0;
}
