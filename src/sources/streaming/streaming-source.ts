import { Failure } from '../../errors.js';
import type { TimeWindow } from '../../model/report-day.js';
import type { OciConnection } from '../../oci/connection.js';
import type { HttpOptions } from '../../oci/http-client.js';
import type { EventSource } from '../../ports/event-source.js';
import { diagnoseStream } from './diagnose.js';
import type { StreamingOptions } from './options.js';
import { StreamReading, type StreamingReading } from './stream-reading.js';

export interface StreamingSource extends EventSource {
  read(window: TimeWindow): StreamingReading;
}

/**
 * Reads the messages of a stream. The outcome is complete only if the stream reaches back to the beginning of the
 * window and no offset is missing.
 *
 * @throws Failure('usage') if no region is known, or a group has no name
 */
export function createStreamingSource(
  connection: OciConnection,
  options: StreamingOptions,
  http: HttpOptions,
  nowMs: () => number,
): StreamingSource {
  connection.checkPlace(options);
  const { streamId, cursor, group } = options;
  if (cursor === 'group' && !group) {
    throw new Failure('usage', `the stream ${streamId} is to be read as a group, but no group is named`);
  }
  return {
    type: 'streaming',
    request: `stream ${streamId} ${cursor === 'group' ? `as group ${group}` : 'by time'}`,
    read: (window) => new StreamReading({ connection, options, http, nowMs }, window),
    diagnose: (window) => diagnoseStream(connection, options, window, nowMs),
  };
}
