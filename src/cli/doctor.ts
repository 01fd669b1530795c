import { loadConfiguration } from '../config/load.js';
import { type PlacedFinding, diagnosePlan, tally } from '../day/doctor/diagnose-plan.js';
import { Failure } from '../errors.js';
import { scheduleFinding } from '../schedule/schedule-finding.js';
import { wirePlan } from '../wiring/wire-plan.js';
import { type Output, createLog } from './output.js';

export interface DoctorOptions {
  readonly config: string;
  readonly json?: boolean;
  readonly logLevel: string;
}

/** The exit code depends on what failed. */
const exitCodesOfAreas: Readonly<Record<PlacedFinding['area'], number>> = {
  plan: 2,
  credentials: 2,
  source: 3,
  archive: 4,
  mail: 4,
};

const checkWidth = 34;

/** `backup-report doctor`: one line for each check, and what to do next. Returns the exit code. */
export async function doctor(options: DoctorOptions, output: Output): Promise<number> {
  const findings: PlacedFinding[] = [];
  const add = (finding: PlacedFinding): void => {
    findings.push(finding);
    if (options.json !== true) for (const line of diagnosisLines(finding)) output.answer(line);
  };
  try {
    const loaded = await loadConfiguration(options.config);
    add({ area: 'plan', check: 'configuration', state: 'ok', words: options.config, advice: null });
    const { schedule } = loaded.configuration;
    add({ area: 'plan', ...scheduleFinding(schedule, loaded.configuration.timezone, Date.now()) });
    const { plan, ports, timezone, oci } = await wirePlan(loaded, await createLog(options.logLevel));
    for await (const finding of diagnosePlan({ ...ports, kind: plan.kind, timezone, oci })) add(finding);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const check = findings.length === 0 ? 'configuration' : 'credentials';
    const area = findings.length === 0 ? 'plan' : 'credentials';
    add({ area, check, state: 'failed', words: error.message, advice: error.hints[0] ?? null });
  }
  output.answer(options.json === true ? JSON.stringify({ findings }) : `\n${tally(findings)}`);
  const failed = findings.find(({ state }) => state === 'failed');
  return failed === undefined ? 0 : exitCodesOfAreas[failed.area];
}

function diagnosisLines({ check, state, words, advice }: PlacedFinding): string[] {
  const line = `${state.padEnd(8)} ${check.padEnd(checkWidth)} ${words}`;
  return advice === null ? [line] : [line, `${' '.repeat(9)}-> ${advice}`];
}
