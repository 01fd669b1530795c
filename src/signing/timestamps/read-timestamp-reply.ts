import { fromBER } from 'asn1js';
import { PKIStatus, SignedData, TSTInfo, TimeStampResp } from 'pkijs';
import { oneLine } from '../../base/one-line.js';
import { oids } from './oids.js';
import type { InvalidTimestamp } from './timestamp-verdict.js';

/** More than any authority sends: a stamp has 2 to 10 KB. */
export const largestReplyBytes = 128 * 1024;

/** What a time stamp says, nothing of it checked. */
export interface ReadTimestamp {
  readonly signed: SignedData;
  readonly info: {
    readonly imprint: { readonly algorithm: string; readonly hash: Uint8Array };
    readonly genTime: Date;
    /** null: it has none. */
    readonly nonce: Uint8Array | null;
  };
}

/** Reads the answer of an authority (TimeStampResp in DER). Whatever the bytes are, nothing is thrown. */
export function readTimestampReply(reply: Uint8Array): ReadTimestamp | InvalidTimestamp {
  if (reply.length > largestReplyBytes) return malformed(`it has ${reply.length} bytes`);
  try {
    return readReply(Uint8Array.from(reply).buffer);
  } catch {
    return malformed('its bytes are none');
  }
}

function readReply(reply: ArrayBuffer): ReadTimestamp | InvalidTimestamp {
  const { offset, result } = fromBER(reply);
  if (offset !== reply.byteLength) return malformed('its bytes are none');
  const { status, timeStampToken } = new TimeStampResp({ schema: result });
  if (status.status !== PKIStatus.granted && status.status !== PKIStatus.grantedWithMods) {
    const said = (status.statusStrings ?? []).map((each) => each.valueBlock.value).join(', ');
    const words = said === '' ? '' : `: ${oneLine(said, longestWords)}`;
    return { kind: 'refused', words: `the authority refused (status ${status.status})${words}` };
  }
  if (timeStampToken?.contentType !== oids.signedData) return malformed('it holds no time stamp');
  const signed = new SignedData({ schema: timeStampToken.content });
  const { eContentType, eContent } = signed.encapContentInfo;
  if (eContentType !== oids.timestampInfo || eContent === undefined) {
    return malformed('it holds no time stamp');
  }
  const [signerInfo, ...more] = signed.signerInfos;
  const types = signerInfo?.signedAttrs?.attributes.filter(({ type }) => type === oids.contentType) ?? [];
  if (signerInfo === undefined || more.length > 0) return malformed('not exactly one has signed it');
  if (types.length !== 1 || types[0]?.values[0]?.valueBlock.toString() !== oids.timestampInfo) {
    return malformed('its signature is about something else');
  }
  const { messageImprint, genTime, nonce } = TSTInfo.fromBER(eContent.getValue());
  return {
    signed,
    info: {
      imprint: {
        algorithm: messageImprint.hashAlgorithm.algorithmId,
        hash: messageImprint.hashedMessage.valueBlock.valueHexView,
      },
      genTime,
      nonce: nonce?.valueBlock.valueHexView ?? null,
    },
  };
}

const longestWords = 200;

function malformed(why: string): InvalidTimestamp {
  return { kind: 'malformed', words: `it is no time stamp: ${why}` };
}
