import type { ProbeAnswer, ServiceProbe } from '../ports/event-source.js';

type Value = NonNullable<ProbeAnswer['value']>;

/** What several sources found out together: the JSON answer of `doctor --probe-service`. */
export interface MergedProbe {
  /** By service and key, as in the configuration. */
  readonly serviceProfile: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  /** Why the others are not known, by service and key. */
  readonly unknown: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly calls: number;
}

/** Sources of one service complete each other; where they differ, the answer is not known for all of them. */
export function mergeProbes(probes: readonly ServiceProbe[]): MergedProbe {
  const serviceProfile: Record<string, Record<string, Value>> = {};
  const unknown: Record<string, Record<string, string>> = {};
  for (const service of new Set(probes.map((probe) => probe.service))) {
    const known: Record<string, Value> = (serviceProfile[service] = {});
    const open: Record<string, string> = (unknown[service] = {});
    const answers = probes.filter((probe) => probe.service === service).flatMap((probe) => probe.answers);
    for (const key of new Set(answers.map((answer) => answer.key))) {
      const merged = mergeAnswers(answers.filter((answer) => answer.key === key));
      if (merged.value === null) open[key] = merged.unknown ?? 'not asked';
      else known[key] = merged.value;
    }
  }
  return { serviceProfile, unknown, calls: probes.reduce((sum, { calls }) => sum + calls, 0) };
}

function mergeAnswers(answers: readonly ProbeAnswer[]): Pick<ProbeAnswer, 'value' | 'unknown'> {
  const values = answers.map(({ value }) => value).filter((value) => value !== null);
  const [first = null] = values;
  if (new Set(values.map((value) => JSON.stringify(value))).size > 1) {
    return { value: null, unknown: 'the sources of the plan have different answers' };
  }
  return { value: first, unknown: answers.find(({ unknown }) => unknown !== null)?.unknown ?? null };
}

/** YAML for an issue and for the configuration; what is not known is a comment. */
export function profileText({ serviceProfile, unknown }: MergedProbe, facts: string): string {
  const lines = [
    `# How the services of this plan answer, where their documents leave it open: found out with ${facts}.`,
    '# It has no names and no contents of the tenancy. Paste it into an issue, or into the configuration.',
    'serviceProfile:',
  ];
  for (const [service, section] of Object.entries(serviceProfile)) {
    const known = Object.entries(section).flatMap(([key, value]) => linesOf(key, value));
    const open = Object.entries(unknown[service] ?? {}).map(
      ([key, reason]) => `    # ${key}: not known: ${reason}`,
    );
    lines.push(known.length === 0 ? `  ${service}: {}` : `  ${service}:`, ...known, ...open);
  }
  return lines.join('\n');
}

function linesOf(key: string, value: Value): string[] {
  if (typeof value === 'object') {
    return [`    ${key}:`, ...value.map((each) => `      - ${JSON.stringify(each)}`)];
  }
  return [`    ${key}: ${String(value)}`];
}
