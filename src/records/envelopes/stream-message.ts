import type { JsonObject } from '../json.js';

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

function decodeBase64(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'base64'));
  } catch {
    return undefined;
  }
}
