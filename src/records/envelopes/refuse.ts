import { type JsonObject, isJsonObject, parseJson } from '../json.js';
import { isLogAnalyticsRow } from './log-analytics-row.js';
import { isStreamMessage, streamText } from './stream-message.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** Why nothing could be read from a record, as far as its form tells. */
export function reasonToRefuse(value: unknown): string {
  if (!isJsonObject(value)) return reasonWords('notObject');
  if (isLogAnalyticsRow(value)) return reasonWords('rowWithoutEvent');
  if (isStreamMessage(value)) return reasonOfMessage(value);
  if (typeof contentOfLog(value) === 'string') return reasonWords('logNotJson');
  return reasonWords('noEventType');
}

function reasonOfMessage(message: JsonObject): string {
  const text = streamText(message);
  if (text === undefined) return reasonWords('messageNotBase64');
  if (parseJson(text) === undefined) return reasonWords('messageNotJson');
  return reasonWords('noEventType');
}

/** Content that is text and not JSON: what OCI Logging has is `logContent`, in the answer of a search below `data`. */
function contentOfLog(value: JsonObject): unknown {
  const { data } = value;
  const content = value['logContent'] ?? (isJsonObject(data) ? data['logContent'] : undefined);
  return typeof content === 'string' && parseJson(content) === undefined ? content : undefined;
}
