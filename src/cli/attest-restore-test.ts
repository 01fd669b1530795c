import { dateAt } from '../base/civil-dates.js';
import { toIso } from '../base/instants.js';
import { oneLine } from '../base/one-line.js';
import { terminalText } from '../base/terminal-text.js';
import { loadPlan } from '../wiring/load-plan.js';
import { archiveAttestation } from '../day/attestations/archive-attestation.js';
import { readAttestations } from '../day/attestations/read-attestations.js';
import { findSubject } from '../day/explain/find-subject.js';
import { readArchivedKeys } from '../day/signatures/key-store.js';
import { openSigning, shortKeyId } from '../day/signatures/open-signing.js';
import { Failure } from '../errors.js';
import type { Attestation } from '../model/attestation.js';
import { readOcid } from '../model/ocid.js';
import type { SignatureKey } from '../ports/signer.js';
import { type WiredPlan, wirePlan } from '../wiring/wire-plan.js';
import { instantOption } from './keys-publish.js';
import { type Output, createLog } from './output.js';
import { proofOf } from './proof-of-file.js';

export interface AttestRestoreTestOptions {
  readonly config: string;
  /** Its OCID or its name. */
  readonly resource: string;
  readonly result: 'passed' | 'failed';
  readonly ticket: string;
  readonly by: string;
  /** When the test was over; absent: now. */
  readonly at?: string;
  /** Id of the backup that was restored. */
  readonly point?: string;
  readonly note?: string;
  readonly file?: readonly string[];
  readonly json?: boolean;
  readonly logLevel: string;
}

/**
 * `backup-report attest restore-test`: archives what came of a restore test, signed where the plan signs. Returns the exit
 * code.
 *
 * @throws Failure('usage') for a resource that the newest report does not know; Failure('storage') where the key or the
 *   archive cannot be reached: nothing is attested then
 */
export async function attestRestoreTest(
  options: AttestRestoreTestOptions,
  output: Output,
  load = openPlan,
): Promise<number> {
  const said = textsOf(options);
  const testedMs = instantOption('--at', options.at);
  const { plan, ports, timezone } = await load(options.config, options.logLevel);
  mustTakeAttestations(plan);
  const nowMs = ports.clock.nowMs();
  if (testedMs !== undefined && testedMs > nowMs) {
    throw new Failure('usage', `--at ${options.at}: it is not over yet`, {
      hints: ['Attest a test once its result is known.'],
    });
  }
  const subject = await subjectOf(options.resource, plan, ports, output);
  const proofs = await Promise.all((options.file ?? []).map(proofOf));
  const key = await keyOf(plan, ports);
  const facts = {
    plan: plan.name,
    kind: 'restore-test',
    subject,
    result: options.result,
    testedAt: toIso(testedMs ?? nowMs),
    ...said,
    proofs,
    principal: plan.principal,
    tool: plan.tool,
  } as const;
  const known = await readAttestations(ports.archive, plan.name);
  const archived = await archiveAttestation(ports.archive, facts, { known, key, attestedAt: toIso(nowMs) });
  const { outcome, key: name, sha256 } = archived;
  const location = ports.archive.locate(name);
  const countsFrom = dateAt(nowMs, timezone);
  const { resourceId, resourceName } = subject;
  const keyId = key?.keyId ?? null;
  if (options.json === true) {
    output.answer(JSON.stringify({ outcome, location, sha256, ...facts, keyId, countsFrom }));
    return 0;
  }
  const { result, testedAt, by, ticket } = facts;
  const isNew = outcome === 'created';
  const lines = [
    `restore test of ${terminalText(resourceName ?? resourceId)}  ${terminalText(resourceId)}`,
    `  ${result} at ${testedAt}, as ${terminalText(by)} attests, ${terminalText(ticket)}`,
    `  ${isNew ? 'archived as' : 'attested before, and that stands:'} ${location}`,
    ...(isNew
      ? [
          `  ${keyId === null ? 'not signed: the plan has no section signing' : `signed by the key ${shortKeyId(keyId)}`}`,
          `  -> Reports of ${countsFrom} and later days count it.`,
        ]
      : []),
  ];
  output.answer(lines.join('\n'));
  return 0;
}

async function openPlan(config: string, logLevel: string): Promise<WiredPlan> {
  return wirePlan(
    await loadPlan(config, { secretsOf: ['signing', 'redactKey', 'azure'] }),
    await createLog(logLevel),
  );
}

function mustTakeAttestations({ name, kind }: WiredPlan['plan']): void {
  if (kind.takesAttestations === true) return;
  throw new Failure('usage', `${name}: reports of the kind ${kind.name} count no restore tests`, {
    hints: ['Attest it to the plan whose reports judge backups: --config FILE.'],
  });
}

const longest = { by: 200, ticket: 200, point: 300, note: 2000 } as const;

/** @throws Failure('usage') for a text that is empty or too long: nothing of it is cut off */
function textsOf(
  options: AttestRestoreTestOptions,
): Pick<Attestation, 'by' | 'ticket' | 'recoveryPoint' | 'note'> {
  const text = (name: keyof typeof longest): string | null => {
    const given = options[name];
    if (given === undefined) return null;
    const words = oneLine(given, Number.POSITIVE_INFINITY);
    if (words === '') throw new Failure('usage', `--${name} is empty`);
    if (words.length <= longest[name]) return words;
    throw new Failure('usage', `--${name} has ${words.length} characters, and at most ${longest[name]} fit`);
  };
  return {
    by: text('by') ?? '',
    ticket: text('ticket') ?? '',
    recoveryPoint: text('point'),
    note: text('note'),
  };
}

/** By the newest report; an OCID that it does not judge is taken as it is. */
async function subjectOf(
  query: string,
  plan: WiredPlan['plan'],
  { archive }: Pick<WiredPlan['ports'], 'archive'>,
  output: Output,
): Promise<Attestation['subject']> {
  const found = await findSubject(archive, plan, query);
  if (found.found) return { resourceId: found.id, resourceName: found.name };
  const { date } = found;
  const where =
    date === null ? 'the archive has no report yet' : `the report of ${date} judges no such resource`;
  const resourceId = query.trim().toLowerCase();
  if (readOcid(resourceId) !== null) {
    output.note(`backup-report: ${where}: the OCID is taken as it is`);
    return { resourceId, resourceName: null };
  }
  const near = found.near.map(
    ({ id, name, notJudged }) =>
      `Do you mean ${name} (${id})?${notJudged === null ? '' : ` It is not judged: ${notJudged}`}`,
  );
  throw new Failure('usage', `--resource ${terminalText(query)}: ${where}`, {
    hints: near.length > 0 ? near : ['Give its OCID, or its name as the report has it.'],
  });
}

/** null: the plan does not sign. */
async function keyOf(plan: WiredPlan['plan'], ports: WiredPlan['ports']): Promise<SignatureKey | null> {
  const signing = await openSigning(plan, ports);
  if (signing?.kind === 'ready') return signing.key;
  if (signing !== null) {
    const { reason, hints } = signing;
    throw new Failure('storage', `nothing was attested, because it cannot be signed: ${reason}`, { hints });
  }
  const { records } = await readArchivedKeys(ports.archive, plan.name);
  if (records.length === 0) return null;
  throw new Failure('usage', 'the plan signed its reports, so that no report counts what is not signed', {
    hints: ['Name its key under signing, and attest it again.'],
  });
}
