import { hourMs } from '../../base/time-units.js';
import { explainError, isUsageFailure } from '../../errors.js';
import type { TimeWindow } from '../../model/report-day.js';
import { adviceForCall } from '../../oci/call-advice.js';
import type { OciConnection } from '../../oci/connection.js';
import type { SourceDiagnosis } from '../../ports/event-source.js';
import type { Finding } from '../../ports/finding.js';
import { type OpenStream, openStream } from './open-stream.js';
import type { StreamingOptions } from './options.js';

/** Requests the stream and the first message of each partition, by time: no consumer group is created or moved. */
export async function diagnoseStream(
  connection: OciConnection,
  options: StreamingOptions,
  window: TimeWindow,
  nowMs: () => number,
): Promise<SourceDiagnosis> {
  const findings: Finding[] = [];
  try {
    const stream = await openStream(connection, options);
    findings.push(retentionOf(stream, window), await checkMessages(stream, window, nowMs()));
    if (options.cursor === 'group') findings.push(aboutGroup);
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    const rights =
      'Check the OCID, the region or endpoint, and the policy: STREAM_READ and STREAM_CONSUME are needed.';
    const advice = adviceForCall(error, rights);
    findings.push({ check: 'stream', state: 'failed', words: explainError(error), advice });
  }
  return { findings, eventTypes: null };
}

const aboutGroup: Finding = {
  check: 'cursor',
  state: 'warning',
  words:
    'a group gives no message twice, so a day that looks back further than its last reading is incomplete',
  advice: 'Set cursor to time, unless only what is new is to be reported.',
};

function retentionOf({ facts }: OpenStream, { fromMs, toMs }: TimeWindow): Finding {
  const check = 'retention';
  const words = Number.isNaN(facts.retentionMs)
    ? 'the stream does not say how long messages are kept'
    : `messages are kept for ${facts.retentionMs / hourMs} h`;
  if (facts.retentionMs >= toMs - fromMs) return { check, state: 'ok', words, advice: null };
  return {
    check,
    state: 'warning',
    words,
    advice:
      'It must reach from a run back to the beginning of the look-back: lower lookbackDays, or use a stream with a longer retention (168 h at most).',
  };
}

async function checkMessages(stream: OpenStream, { fromMs }: TimeWindow, nowMs: number): Promise<Finding> {
  const start = stream.startOf(fromMs, nowMs);
  let withMessages = 0;
  for (const partition of stream.partitions) {
    if ((await stream.firstMessage(partition, start)) !== null) withMessages += 1;
  }
  const { name, partitions } = stream.facts;
  const words = `${withMessages} of ${partitions} partitions of ${name} have messages of the last days`;
  if (withMessages > 0) return { check: 'messages', state: 'ok', words, advice: null };
  const advice = 'Look at the rule of the Events service that sends to this stream.';
  return { check: 'messages', state: 'warning', words, advice };
}
