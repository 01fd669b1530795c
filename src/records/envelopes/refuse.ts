import { type JsonObject, isJsonObject, parseJson } from '../json.js';
import { isLogAnalyticsRow } from './log-analytics-row.js';
import { isStreamMessage, streamText } from './stream-message.js';

/** Why nothing could be read from a record, as far as its form tells. */
export function reasonToRefuse(value: unknown): string {
  if (!isJsonObject(value)) return 'not a JSON object';
  if (isLogAnalyticsRow(value)) return 'a Log Analytics row with neither original content nor an event type';
  if (isStreamMessage(value)) return reasonOfMessage(value);
  if (typeof contentOfLog(value) === 'string') return 'a log entry whose content is not JSON';
  return 'not an event: it has no event type';
}

function reasonOfMessage(message: JsonObject): string {
  const text = streamText(message);
  if (text === undefined) return 'a stream message whose value is not base64 of UTF-8 text';
  if (parseJson(text) === undefined) return 'a stream message whose value is not JSON';
  return 'not an event: it has no event type';
}

/** Content that is text and not JSON: what OCI Logging has is `logContent`, in the answer of a search below `data`. */
function contentOfLog(value: JsonObject): unknown {
  const { data } = value;
  const content = value['logContent'] ?? (isJsonObject(data) ? data['logContent'] : undefined);
  return typeof content === 'string' && parseJson(content) === undefined ? content : undefined;
}
