import { count } from '../base/english.js';
import { terminalText } from '../base/terminal-text.js';
import { loadPlan } from '../wiring/load-plan.js';
import { readArchivedKeys } from '../day/signatures/key-store.js';
import { damageInEnglish } from '../model/archive-damage.js';
import type { KeyRecord, KeyRevocation } from '../signing/key-record.js';
import { wireSigning } from '../wiring/wire-signing.js';
import { type Output, createLog } from './output.js';

export interface ListKeysOptions {
  readonly config: string;
  readonly json?: boolean;
  readonly logLevel: string;
}

/** `backup-report keys list`: what the archive has of keys. Returns the exit code: 4 where something of it is damaged. */
export async function listKeys(options: ListKeysOptions, output: Output): Promise<number> {
  const loaded = await loadPlan(options.config, { secretsOf: [] });
  const { plan, ports } = await wireSigning(loaded, await createLog(options.logLevel));
  const { records, revocations, damaged } = await readArchivedKeys(ports.archive, plan.name);
  const keys = [
    ...records.map((record) => ({ ...keyOf(record), revoked: revocationOf(record.keyId, revocations) })),
    ...revocations
      .filter(({ keyId }) => records.every((record) => record.keyId !== keyId))
      .map(({ keyId }) => ({ keyId, revoked: revocationOf(keyId, revocations) })),
  ];
  const faults = damaged.map((each) => ({ location: each.location, words: damageInEnglish(each) }));
  const lines = [
    `keys       ${plan.name}: ${keys.length === 0 ? 'none yet' : count(keys.length, 'key')}`,
    ...keys.flatMap(keyLines),
    ...faults.map(({ location, words }) => `  DAMAGED  ${location}: ${words}`),
  ];
  output.answer(
    options.json === true ? JSON.stringify({ plan: plan.name, keys, damaged: faults }) : lines.join('\n'),
  );
  return faults.length === 0 ? 0 : 4;
}

interface ListedKey {
  readonly keyId: string;
  readonly name?: string | null;
  readonly validFrom?: string;
  readonly validTo?: string | null;
  readonly revoked: { readonly at: string; readonly reason: string } | null;
}

function keyOf({ keyId, name, validFrom, validTo, publishedAt, publicKey }: KeyRecord) {
  return { keyId, name, validFrom, validTo, publishedAt, publicKey };
}

function revocationOf(keyId: string, revocations: readonly KeyRevocation[]): ListedKey['revoked'] {
  const found = revocations.find((each) => each.keyId === keyId);
  return found === undefined ? null : { at: found.revokedAt, reason: found.reason };
}

function keyLines({ keyId, name, validFrom, validTo, revoked }: ListedKey): readonly string[] {
  const label = name === null || name === undefined ? '' : `  ${terminalText(name)}`;
  const validity =
    validFrom === undefined ? 'not published' : `valid from ${validFrom} to ${validTo ?? 'no end'}`;
  return [
    `  ${keyId}${label}`,
    `      ${validity}`,
    ...(revoked === null ? [] : [`      REVOKED as of ${revoked.at}: ${terminalText(revoked.reason)}`]),
  ];
}
