import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse, stringify } from 'yaml';
import { packageRoot } from '../../src/package-root.js';

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: { readonly summary: string };
}

const textOf = (path: string): string => readFileSync(new URL(path, packageRoot), 'utf8');

export function shippedAlerts(): readonly AlertRule[] {
  const { groups }: { groups: readonly { rules: readonly AlertRule[] }[] } = parse(
    textOf('deploy/prometheus/alerts.yml'),
  );
  return groups.flatMap(({ rules }) => rules);
}

/** Every expression of the shipped dashboard, by the title of its panel. */
export function shippedPanels(): readonly (readonly [title: string, expr: string])[] {
  const { panels }: { panels: readonly { title: string; targets: readonly { expr: string }[] }[] } =
    JSON.parse(textOf('deploy/grafana/dashboard.json'));
  return panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [title, expr]));
}

/** Names of metrics in an expression; throws where it is no PromQL. */
export function metricsOf(expression: string): readonly string[] {
  const names: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) throw new SyntaxError(`${expression}: at ${from}`);
      if (type.name !== 'VectorSelector') return;
      names.push(/^[a-z_:]+/i.exec(expression.slice(from, to))?.[0] ?? '');
    },
  });
  return names;
}

/** What a target answered. */
export interface Scrape {
  readonly text: string;
  readonly atMs: number;
}

/** A state that lasts. */
export interface Held {
  /** down: it was asked and did not answer. unscraped: nobody asked. */
  readonly scrape: Scrape | 'down' | 'unscraped';
  readonly minutes: number;
  /** The process of the state before still runs: an instant that it repeats is the same instant. */
  readonly goesOn?: boolean;
}

/** A rule that must fire, with the value that its summary shows and labels beside those that every alert has. */
export interface Firing {
  readonly alert: string;
  readonly value?: number;
  /** undefined: has no such label. */
  readonly labels?: Readonly<Record<string, string | undefined>>;
}

const target = { job: 'backup-report', instance: 'here:9464' };

/**
 * Lets promtool say whether at these minutes exactly these rules fire.
 *
 * @param rules the shipped ones, if not told otherwise
 * @returns what it says is wrong; empty: nothing
 */
export async function faultsOf(
  held: readonly Held[],
  expected: ReadonlyMap<number, readonly Firing[]>,
  rules: readonly AlertRule[] = shippedAlerts(),
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'promtool-'));
  try {
    await writeFile(join(folder, 'rules.yml'), stringify({ groups: [{ name: 'all', rules }] }));
    const tests = [...expected].flatMap(([minute, firing]) => testsAt(minute, firing, rules));
    const used = new Set(rules.flatMap(({ expr }) => metricsOf(expr)));
    const series = [...seriesOf(held)].filter(([name]) => used.has(/^[a-z_]+/.exec(name)?.[0] ?? ''));
    const unit = {
      interval: '1m',
      input_series: series.map(([name, values]) => ({ series: name, values })),
      alert_rule_test: tests,
    };
    await writeFile(
      join(folder, 'test.yml'),
      stringify(
        { rule_files: ['rules.yml'], evaluation_interval: intervalOf(held), tests: [unit] },
        { lineWidth: 0 },
      ),
    );
    const { status, stdout, stderr } = promtool(['test', 'rules', join(folder, 'test.yml')]);
    return status === 0 ? '' : `${stdout}${stderr}`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Of long states not every minute is judged. */
function intervalOf(held: readonly Held[]): string {
  return held.reduce((sum, { minutes }) => sum + minutes, 0) > 600 ? '5m' : '1m';
}

export function promtool(
  args: readonly string[],
  input = '',
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync('promtool', args, { encoding: 'utf8', input });
}

function testsAt(minute: number, firing: readonly Firing[], rules: readonly AlertRule[]): readonly object[] {
  const unknown = firing.filter(({ alert }) => !rules.some((rule) => rule.alert === alert));
  if (unknown.length > 0) throw new Error(`no rules: ${unknown.map(({ alert }) => alert).join(', ')}`);
  return rules.map((rule) => ({
    eval_time: `${minute}m`,
    alertname: rule.alert,
    exp_alerts: firing.filter(({ alert }) => alert === rule.alert).map((each) => expectedOf(each, rule)),
  }));
}

function expectedOf({ value, labels = {} }: Firing, rule: AlertRule): object {
  const all = { ...target, plan: 'daily', ...labels, ...rule.labels };
  const kept = Object.entries(all).filter(([, text]) => text !== undefined);
  const summary = rule.annotations.summary
    .replaceAll('{{ $labels.plan }}', 'daily')
    .replaceAll('{{ $value }}', String(value));
  return { exp_labels: Object.fromEntries(kept), exp_annotations: { summary } };
}

/** The samples of states that follow one another, in the notation of promtool, by series. Time begins at 0 with the first. */
export function seriesOf(held: readonly Held[]): ReadonlyMap<string, string> {
  const values = new Map<string, string[]>();
  let before = new Map<string, readonly [raw: number, shown: number]>();
  let startMinute = 0;
  for (const { scrape, minutes, goesOn = false } of held) {
    const now = typeof scrape === 'string' ? new Map<string, number>() : samplesOf(scrape.text);
    const shownNow = new Map<string, readonly [raw: number, shown: number]>();
    for (const [series, raw] of now) {
      const known = goesOn ? before.get(series) : undefined;
      const atSeconds = typeof scrape === 'string' ? 0 : scrape.atMs / 1000;
      const moved = isInstant(series) ? raw - atSeconds + startMinute * 60 : raw;
      shownNow.set(series, [raw, known?.[0] === raw ? known[1] : moved]);
    }
    const up = `up{job="${target.job}",instance="${target.instance}"}`;
    if (scrape !== 'unscraped') shownNow.set(up, [0, scrape === 'down' ? 0 : 1]);
    for (const series of new Set([...values.keys(), ...shownNow.keys()])) {
      const line = values.get(series) ?? (startMinute === 0 ? [] : [`_x${startMinute}`]);
      line.push(heldFor(shownNow.get(series)?.[1], minutes, before.has(series)));
      values.set(series, line);
    }
    before = shownNow;
    startMinute += minutes;
  }
  return new Map([...values].map(([series, line]) => [series, line.join(' ')]));
}

/** A series that a target does not have any more is marked as such in its first minute. */
function heldFor(value: number | undefined, minutes: number, wasThere: boolean): string {
  if (value !== undefined) return `${value}+0x${minutes - 1}`;
  if (!wasThere) return `_x${minutes}`;
  return minutes === 1 ? 'stale' : `stale _x${minutes - 1}`;
}

const isInstant = (series: string): boolean => /^[a-z_]+_timestamp_seconds(?:\{|$)/.test(series);

/** The samples of a scrape by series, which has the labels of its target, too. */
function samplesOf(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    const found = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (found === null) continue;
    const [, name = '', own = '', value = ''] = found;
    const labels = [own, `job="${target.job}"`, `instance="${target.instance}"`].filter(Boolean);
    samples.set(`${name}{${labels.join(',')}}`, Number(value));
  }
  return samples;
}

/** As if a metric of this name had never been. */
export function without({ text, atMs }: Scrape, ...names: readonly string[]): Scrape {
  const lines = text.split('\n').filter((line) => !names.includes(/^[a-z_]+/.exec(line)?.[0] ?? ''));
  return { text: lines.join('\n'), atMs };
}
