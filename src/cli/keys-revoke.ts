import { toIso } from '../base/instants.js';
import { oneLine } from '../base/one-line.js';
import { loadPlan } from '../wiring/load-plan.js';
import { type ArchivedKeys, readArchivedKeys, revokeKey } from '../day/signatures/key-store.js';
import { shortKeyId } from '../day/signatures/open-signing.js';
import { Failure } from '../errors.js';
import { wireSigning } from '../wiring/wire-signing.js';
import { instantOption } from './keys-publish.js';
import { type Output, createLog } from './output.js';

export interface RevokeKeyOptions {
  readonly config: string;
  readonly at: string;
  readonly reason: string;
  readonly json?: boolean;
  readonly logLevel: string;
}

/** `backup-report keys revoke KEYID`: puts a revocation into the archive, which stays there. Returns the exit code. */
export async function revokePlanKey(
  given: string,
  options: RevokeKeyOptions,
  output: Output,
): Promise<number> {
  const atMs = instantOption('--at', options.at) ?? 0;
  const reason = oneLine(options.reason, 500);
  if (reason === '') throw new Failure('usage', '--reason is empty: say why, for those who read it later');
  const loaded = await loadPlan(options.config, { secretsOf: [] });
  const { plan, principal, ports } = await wireSigning(loaded, await createLog(options.logLevel));
  const nowMs = ports.clock.nowMs();
  if (atMs > nowMs) {
    throw new Failure('usage', `--at ${options.at}: it is not over yet`, {
      hints: ['To stop using a key at a time to come, name another one under signing then.'],
    });
  }
  const known = await readArchivedKeys(ports.archive, plan.name);
  const keyId = keyIdOfGiven(given, known);
  const revokedAt = toIso(atMs);
  const facts = { keyId, plan: plan.name, revokedAt, reason, recordedAt: toIso(nowMs) };
  const outcome = await revokeKey(ports.archive, { ...facts, principal, tool: plan.tool });
  if (outcome === 'exists') {
    const before = known.revocations.find((each) => each.keyId === keyId);
    throw new Failure(
      'usage',
      `the key ${shortKeyId(keyId)} was revoked before${before === undefined ? '' : ` as of ${before.revokedAt}`}, and that stands`,
    );
  }
  const lines = [
    `key id  ${keyId}`,
    `  revoked as of ${revokedAt}: ${reason}`,
    '  -> Its signatures stand only where a time stamp shows that they are older. It signs nothing more.',
    '  -> To sign further reports: backup-report keys create --out FILE',
  ];
  output.answer(options.json === true ? JSON.stringify({ keyId, revokedAt, reason }) : lines.join('\n'));
  return 0;
}

/** A whole id may be of a key that was never published. @throws Failure('usage') */
function keyIdOfGiven(given: string, { records }: ArchivedKeys): string {
  const wanted = given.toLowerCase();
  if (/^[0-9a-f]{64}$/.test(wanted)) return wanted;
  const found = records.filter(({ keyId }) => keyId.startsWith(wanted));
  const [only] = found;
  if (/^[0-9a-f]{8,}$/.test(wanted) && only !== undefined && found.length === 1) return only.keyId;
  const words = found.length > 1 ? 'several keys begin so' : 'the archive has no such key';
  throw new Failure('usage', `${given}: ${words}`, {
    hints: ['`backup-report keys list` shows them. Give the first 8 digits of one, or all 64.'],
  });
}
