import type { JsonObject } from '../json.js';
import { decodeBase64 } from '../base64.js';

/** Whether it is an OCI Streaming message, whose `value` is base64. */
export function isStreamMessage(value: JsonObject): boolean {
  return (
    typeof value['value'] === 'string' && ('offset' in value || 'partition' in value || 'stream' in value)
  );
}

/** The text in a message; undefined where its value is not base64 of UTF-8 text. */
export function streamText(message: JsonObject): string | undefined {
  return decodeBase64(String(message['value']));
}
