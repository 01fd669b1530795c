import { type LoadedPlan, loadPlanWithoutMissing } from '../wiring/load-plan.js';
import { diagnosePlan, tally } from '../day/doctor/diagnose-plan.js';
import type { DiagnosedPlan, PlacedFinding } from '../day/doctor/diagnosed-plan.js';
import { Failure } from '../errors.js';
import { secretFinding } from './secret-finding.js';
import { scheduleFinding } from '../schedule/schedule-finding.js';
import { wireDoctor } from '../wiring/wire-doctor.js';
import { backfillCommand } from './backfill-command.js';
import { type Output, createLog } from './output.js';

export interface DoctorOptions {
  readonly config: string;
  readonly json?: boolean;
  /** Ask the live services what their documents leave open, instead. */
  readonly probeService?: boolean;
  readonly logLevel: string;
}

/** The exit code depends on what failed. */
const exitCodesOfAreas: Readonly<Record<PlacedFinding['area'], number>> = {
  plan: 2,
  credentials: 2,
  source: 3,
  archive: 4,
  mail: 4,
  secrets: 4,
};

const checkWidth = 34;

/**
 * `backup-report doctor`: one line for each check, and what to do next. Returns the exit code.
 *
 * @param wire turns the configuration into what is checked
 */
export async function doctor(options: DoctorOptions, output: Output, wire = wireDoctor): Promise<number> {
  const findings: PlacedFinding[] = [];
  const add = (finding: PlacedFinding): void => {
    findings.push(finding);
    if (options.json !== true) for (const line of diagnosisLines(finding)) output.answer(line);
  };
  const loaded = await loadForDoctor(options.config, add);
  if (loaded !== null) {
    const { schedule, timezone } = loaded.configuration;
    add({ area: 'plan', ...scheduleFinding(schedule, timezone, Date.now()) });
    const plan = await wire(loaded, await createLog(options.logLevel));
    for await (const finding of diagnosePlan(withCommand(plan, options.config))) add(finding);
  }
  output.answer(options.json === true ? JSON.stringify({ findings }) : `\n${tally(findings)}`);
  const failed = findings.find(({ state }) => state === 'failed');
  return failed === undefined ? 0 : exitCodesOfAreas[failed.area];
}

/** What it advises for days without a report can be pasted. */
function withCommand({ archivedDays, ...plan }: DiagnosedPlan, config: string): DiagnosedPlan {
  if (archivedDays === undefined) return plan;
  const command = (from: string, to: string): string => backfillCommand(config, from, to);
  return { ...plan, archivedDays: { ...archivedDays, backfillCommand: command } };
}

/** null: there is nothing else to check. */
async function loadForDoctor(
  config: string,
  add: (finding: PlacedFinding) => void,
): Promise<LoadedPlan | null> {
  const found = { area: 'plan', check: 'configuration' } as const;
  try {
    const loaded = await loadPlanWithoutMissing(config, { secretsOf: 'all' });
    const sections = [...(loaded.leftOut?.keys() ?? [])].join(', ');
    const words = sections === '' ? config : `${config}, without ${sections}`;
    add({ ...found, state: sections === '' ? 'ok' : 'warning', words, advice: null });
    for (const secret of loaded.secrets) add({ area: 'secrets', ...secretFinding(secret, Date.now()) });
    return loaded;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    add({ ...found, state: 'failed', words: error.message, advice: error.hints[0] ?? null });
    return null;
  }
}

function diagnosisLines({ check, state, words, advice }: PlacedFinding): string[] {
  const line = `${state.padEnd(8)} ${check.padEnd(checkWidth)} ${words}`;
  return advice === null ? [line] : [line, `${' '.repeat(9)}-> ${advice}`];
}
