import { addDays, dateAt } from '../../base/civil-dates.js';
import { count } from '../../base/english.js';
import type { Manifest } from '../../model/manifest.js';
import type { Archive } from '../../ports/archive.js';
import type { Finding } from '../../ports/finding.js';
import { type ArchiveDamage, damageInEnglish } from '../../model/archive-damage.js';
import { damageOfRevision } from '../revisions/damage-of-revision.js';
import { readArtefact } from '../revisions/earlier-revision.js';
import { Failure } from '../../errors.js';
import { readFormerPlan, readRenaming } from '../revisions/renamed-plan.js';
import { otherPlansOf } from '../revisions/other-plans.js';
import { type CommittedRevision, readRevisions } from '../revisions/read-revisions.js';
import { unzipLines } from '../revisions/unzip-lines.js';
import type { ArchivedDays } from './diagnosed-plan.js';
import { missingFindings } from './missing-days.js';
import { newestReportFindings } from './newest-report.js';
import { unreadableDeliveries } from './unreadable-deliveries.js';

const checkedDays = 7;

/** What the archived reports of the plan show, and other plans where it has none. Nothing where all is fine. */
export async function archivedFindings(
  archive: Archive,
  archived: ArchivedDays,
  time: { readonly timezone: string; readonly nowMs: number },
): Promise<readonly Finding[]> {
  const { plan, linesFile, diagnose } = archived;
  const { timezone, nowMs } = time;
  const today = dateAt(nowMs, timezone);
  // A day whose folder is a link is none that a list of manifests has.
  const dates = Array.from({ length: checkedDays + 1 }, (_, index) => addDays(today, index - checkedDays));
  const { revisions, findings, damagedDates } = await lookAt(archive, plan, dates);
  const missing = await missingFindings(archive, archived, { ...time, damagedDates });
  const renamed = await renamingFindings(archive, archived);
  if (revisions.length + findings.length === 0) {
    const others = archived.renamedFrom === undefined ? await otherPlanFindings(archive, plan) : [];
    return [...missing, ...renamed, ...others];
  }
  const redaction = redactionFindings(archived.redaction ?? [], revisions);
  const warnings = await diagnose(linesOf(archive, linesFile, revisions));
  const collected = warnings.map((warning) => ({ check: 'collected events', ...warning }));
  const newest = await newestReportFindings(archive, revisions);
  return [...missing, ...renamed, ...findings, ...newest, ...redaction, ...collected];
}

interface LookedAt {
  readonly revisions: readonly CommittedRevision[];
  readonly findings: readonly Finding[];
  /** Those with a damaged manifest or folder. */
  readonly damagedDates: ReadonlySet<string>;
}

/** Looks at every file of the newest revisions, and at what is known of their deliveries. Damage makes the next reports INCOMPLETE, so it is a failure here. */
async function lookAt(archive: Archive, plan: string, dates: readonly string[]): Promise<LookedAt> {
  const revisions: CommittedRevision[] = [];
  const findings: Finding[] = [];
  const damagedDates = new Set<string>();
  for (const date of dates) {
    const { newest, damaged } = await readRevisions(archive, plan, date);
    findings.push(...damaged.map((each) => damageFinding(each, date)));
    if (damaged.length > 0) damagedDates.add(date);
    if (newest === null) continue;
    const ofNewest = await damageOfRevision(newest, archive, { isWithEvidence: true });
    findings.push(...ofNewest.map((each) => damageFinding(each, date)));
    findings.push(...(await unreadableDeliveries(archive, newest)));
    revisions.push(newest);
  }
  return { revisions, findings, damagedDates };
}

/** Rules of `redact` reach no report that is archived already: nothing is ever overwritten. */
function redactionFindings(
  rules: NonNullable<Manifest['redaction']>,
  revisions: readonly CommittedRevision[],
): readonly Finding[] {
  const without = (field: string): readonly CommittedRevision[] =>
    revisions.filter(({ manifest }) => !(manifest.redaction ?? []).some((each) => each.field === field));
  const late = rules.map(({ field }) => field).filter((field) => without(field).length > 0);
  if (late.length === 0) return [];
  const made = count(new Set(late.flatMap(without)).size, 'archived report was', 'archived reports were');
  const words = `${late.join(', ')}: ${made} made without this rule, and it does not reach them`;
  const advice =
    'What is archived stays as it is: limit who may read the archive, and let its retention remove it.';
  return [{ check: 'redaction', state: 'warning', words, advice }];
}

function damageFinding(damage: ArchiveDamage, date: string): Finding {
  return {
    check: 'archived reports',
    state: 'failed',
    words: `${damage.location}: ${damageInEnglish(damage)}`,
    advice:
      damage.reason === 'newer'
        ? 'Update this program, or run the version that made it.'
        : `Restore it from a copy of the archive. Otherwise run --date ${date} makes the next revision, which names it.`,
  };
}

/** A plan that was renamed knows nothing of its earlier days. */
async function otherPlanFindings(archive: Archive, plan: string): Promise<readonly Finding[]> {
  if ((await archive.list(`${plan}/`)).length > 0) return [];
  const others = await otherPlansOf(archive, plan);
  if (others.length === 0) return [];
  const words = `it has no report of the plan ${plan}, but of others: ${others.join(', ')}`;
  const advice =
    'Was this plan renamed? Say so: `renamedFrom: NAME`. Without it the plan knows nothing of the days before.';
  return [{ check: 'plans', state: 'warning', words, advice }];
}

/** Whether the plan has another name since, and whether what it was called before is as the configuration says. */
async function renamingFindings(
  archive: Archive,
  { plan, renamedFrom }: ArchivedDays,
): Promise<readonly Finding[]> {
  const check = 'plans';
  try {
    const since = await readRenaming(archive, plan);
    if (since !== null) {
      const { renamedTo, lastDay } = since;
      const words = `the plan ${plan} was renamed to ${renamedTo} after ${lastDay}, and makes no later day`;
      const advice = `Stop what still runs under the old name, or write plan: ${renamedTo} and renamedFrom: ${plan}.`;
      return [{ check, state: 'failed', words, advice }];
    }
    const former = await readFormerPlan(archive, { name: plan, renamedFrom });
    if (former === null) return [];
    const words = `goes on from ${former.name}, as the plan was called until ${former.lastDay}`;
    return [{ check, state: 'ok', words, advice: null }];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [{ check, state: 'failed', words: error.message, advice: error.hints.join(' ') }];
  }
}

async function* linesOf(
  archive: Archive,
  linesFile: string,
  revisions: readonly CommittedRevision[],
): AsyncGenerator<string> {
  for (const revision of revisions) {
    const bytes = await readArtefact(archive, revision, linesFile);
    if (bytes !== null) yield* unzipLines(bytes);
  }
}
