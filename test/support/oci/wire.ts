/** A request as it came over the wire, its body read whole. */
export interface WireRequest {
  readonly method: string;
  /** Path and query exactly as on the request line. */
  readonly target: string;
  /** The path alone, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; a header sent twice is joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A body that is made while it is sent. `count` is the number of pieces. */
export interface PieceBody {
  readonly count: number;
  readonly pieces: Iterable<string>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | PieceBody;
}

export function jsonAnswer(
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

export function emptyAnswer(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: Buffer.alloc(0) };
}

/** OCI's form of an error. */
export function errorAnswer(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return jsonAnswer({ code, message }, headers, status);
}

export function invalidParameter(message: string): Answer {
  return errorAnswer(400, 'InvalidParameter', message);
}

/** OCI does not tell "unknown" from "not allowed". */
export function notFound(): Answer {
  return errorAnswer(404, 'NotAuthorizedOrNotFound', 'Authorization failed or requested resource not found.');
}

/** Undefined when it is no JSON object. */
export function jsonObject(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
