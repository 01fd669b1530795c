import { count } from '../base/english.js';
import { loadPlan } from '../wiring/load-plan.js';
import { isSomethingUnsigned, signLate } from '../day/signatures/sign-late.js';
import { Failure } from '../errors.js';
import { wireSigning } from '../wiring/wire-signing.js';
import { mustSign } from './keys-publish.js';
import { type Output, createLog } from './output.js';
import { dayFor } from '../model/named-day.js';
import { lateSignatureLines, noteLateUnsigned } from './signature-lines.js';

export interface SignDaysOptions {
  readonly config: string;
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
  readonly logLevel: string;
}

/**
 * `backup-report keys sign`: signs revisions of a range of days that have no signature, also those that were made before the
 * plan signed. Returns the exit code: 4 where one could not be signed.
 */
export async function signDays(options: SignDaysOptions, output: Output): Promise<number> {
  const loaded = await loadPlan(options.config, { secretsOf: ['signing'] });
  const { plan, ports, timezone } = await wireSigning(loaded, await createLog(options.logLevel));
  mustSign(ports.signer, options.config);
  const from = dayFor(options.from, timezone, '--from').date;
  const to = dayFor(options.to, timezone, '--to').date;
  if (from > to) throw new Failure('usage', `--from ${from} is after --to ${to}`);
  const late = await signLate(plan, { from, to, which: 'all' }, ports);
  const { signed, unsigned, failure } = late;
  const head = `sign       ${plan.name}  ${from} to ${to}: ${count(signed.length, 'revision')} signed, ${unsigned.length} not`;
  output.answer(
    options.json === true
      ? JSON.stringify({ plan: plan.name, from, to, signed, unsigned, ...(failure !== null && { failure }) })
      : [head, ...lateSignatureLines(late)].join('\n'),
  );
  noteLateUnsigned(late, output);
  return isSomethingUnsigned(late) ? 4 : 0;
}
