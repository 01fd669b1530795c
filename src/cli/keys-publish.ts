import { parseInstant } from '../base/instants.js';
import { loadPlan } from '../wiring/load-plan.js';
import { publishKey, readArchivedKeys } from '../day/signatures/key-store.js';
import { whyNot } from '../day/signatures/open-signing.js';
import { Failure } from '../errors.js';
import type { Signer } from '../ports/signer.js';
import { wireSigning } from '../wiring/wire-signing.js';
import { type Output, createLog } from './output.js';

export interface PublishKeyOptions {
  readonly config: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly json?: boolean;
  readonly logLevel: string;
}

/**
 * `backup-report keys publish`: the public key of the plan goes into its archive. What is there stays, with its validity.
 * Returns the exit code: 4 where the key may not sign.
 */
export async function publishPlanKey(options: PublishKeyOptions, output: Output): Promise<number> {
  const validFromMs = instantOption('--valid-from', options.validFrom);
  const validToMs = instantOption('--valid-to', options.validTo) ?? null;
  if (validToMs !== null && validFromMs !== undefined && validToMs <= validFromMs) {
    throw new Failure('usage', '--valid-to is not after --valid-from');
  }
  const loaded = await loadPlan(options.config, { secretsOf: ['signing'] });
  const { plan, ports } = await wireSigning(loaded, await createLog(options.logLevel));
  const key = await mustSign(ports.signer, options.config).open();
  const nowMs = ports.clock.nowMs();
  const facts = { plan: plan.name, tool: plan.tool, nowMs, validFromMs, validToMs };
  const outcome = await publishKey(ports.archive, key, facts);
  const known = await readArchivedKeys(ports.archive, plan.name);
  const record = known.records.find(({ keyId }) => keyId === key.keyId);
  if (record === undefined) {
    throw new Failure('storage', `the record of the key ${key.keyId} in the archive is damaged`, {
      hints: ['`backup-report keys list` names the file. Restore it from a copy of the archive.'],
    });
  }
  const { keyId, name, validFrom, validTo } = record;
  const why = whyNot(key, known, nowMs);
  const answer = { outcome, keyId, name, validFrom, validTo };
  output.answer(
    options.json === true
      ? JSON.stringify(answer)
      : `key id  ${keyId}\n  ${outcome === 'there' ? 'there already' : outcome}, valid from ${validFrom} to ${validTo ?? 'no end'}`,
  );
  if (outcome === 'there' && (options.validFrom ?? options.validTo) !== undefined) {
    output.note('backup-report: the key was published before, and its validity is never changed');
  }
  if (why === null) return 0;
  output.note(`backup-report: ${why}`);
  return 4;
}

/** @throws Failure('usage') where the plan does not sign */
export function mustSign(signer: Signer | undefined, config: string): Signer {
  if (signer !== undefined) return signer;
  throw new Failure('usage', `${config}: the plan does not sign: it has no section signing`, {
    hints: ['`backup-report keys create --out FILE` makes a key, and says what to write there.'],
  });
}

/** Epoch milliseconds; undefined: it was not given. @throws Failure('usage') for what is no instant */
export function instantOption(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d{4}-/.test(text) ? parseInstant(text) : undefined;
  if (ms !== undefined) return ms;
  throw new Failure('usage', `${option} ${text}: not a time`, {
    hints: ['Write it as 2026-11-19T07:00:00Z, or with another offset: 2026-11-19T08:00:00+01:00.'],
  });
}
