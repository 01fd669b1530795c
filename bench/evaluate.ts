/*
 * npm run bench:evaluate: matching rules and judging a large estate beside a naive baseline, as ratios. Prints
 * what `npm run bench -- --only rules` keeps.
 */
import { fileURLToPath } from 'node:url';
import { reportDayOf } from '../src/base/civil-dates.js';
import { createLanguage } from '../src/language/create-language.js';
import { loadLanguage } from '../src/language/load-language.js';
import type { ReportDay } from '../src/model/report-day.js';
import { packageRoot } from '../src/package-root.js';
import { sayResources } from '../src/reports/backup-compliance/document/sentences/say-resources.js';
import { collectHistories } from '../src/reports/backup-compliance/facts/resource-history.js';
import { type RuleBook, noRules, openRuleBook } from '../src/reports/backup-compliance/rules/rule-book.js';
import {
  type Evaluation,
  evaluateCompliance,
} from '../src/reports/backup-compliance/verdicts/evaluate-compliance.js';
import { makeJobs, makeResources, makeRules } from './estate.js';
import { benchDate } from './generate.js';
import { median } from './measure.js';
import { openNaiveRuleBook } from './naive-rules.js';

const resourceCount = 50_000;
const policyCount = 200;
const waiverCount = 500;
const repetitions = 3;
/** Clocks change there, so that instants in words are not for free. */
const timezone = 'America/New_York';

const language = createLanguage(await loadLanguage('en', [fileURLToPath(new URL('templates', packageRoot))]));
const day = benchDay();
const resources = makeResources(resourceCount);
const rules = makeRules(policyCount, waiverCount, resources);
const histories = collectHistories({ memory: null, jobs: makeJobs(resources, day), others: [], day });

process.stdout.write(measureSection());

function benchDay(): ReportDay {
  const found = reportDayOf(benchDate, timezone);
  if (found === undefined) throw new Error(`${timezone} has no ${benchDate}`);
  return found;
}

/** Each by turns, so that a machine that slows down slows all of them. */
function measureSection(): string {
  const matching = stopwatch(() => matchAll(openRuleBook(rules)));
  const naiveMatching = stopwatch(() => matchAll(openNaiveRuleBook(rules)));
  const judging = stopwatch(() => judgeAll(openRuleBook(rules)));
  const naiveJudging = stopwatch(() => judgeAll(openNaiveRuleBook(rules)));
  const evaluation = evaluate(openRuleBook(rules));
  const saying = stopwatch(
    () => sayResources(evaluation.resources, { language, date: benchDate, timezone }).length,
  );
  const judgingWithoutRules = stopwatch(() => judgeAll(openRuleBook(noRules)));
  for (let turn = 1; turn <= repetitions; turn += 1) {
    const isSame = matching.run() === naiveMatching.run() && judging.run() === naiveJudging.run();
    if (!isSame) throw new Error('the baseline does not find what the rule book finds');
    judgingWithoutRules.run();
    saying.run();
    process.stderr.write(`turn ${turn} of ${repetitions}\n`);
  }
  return `${resourceCount} resources with two nights of backups, ${policyCount} policies, ${waiverCount} waivers, in ${timezone}. Medians of ${repetitions} turns in
seconds of processor time, the index of the rules included. Baseline: each pattern a regular expression, every rule tried on every resource.

| | seconds | baseline | baseline / ours |
| --- | ---: | ---: | ---: |
${row('matching alone', matching.seconds(), naiveMatching.seconds())}
${row('judging (evaluateCompliance), matching included', judging.seconds(), naiveJudging.seconds())}

Without any rule judging takes ${judgingWithoutRules.seconds().toFixed(2)} s: all rules together make it ${(judging.seconds() / judgingWithoutRules.seconds()).toFixed(2)} x that.
The sentences of what was judged take another ${saying.seconds().toFixed(2)} s.
`;
}

function row(words: string, ours: number, baseline: number): string {
  return `| ${words} | ${ours.toFixed(2)} | ${baseline.toFixed(2)} | ${(baseline / ours).toFixed(1)} |`;
}

interface Stopwatch<T> {
  run(): T;
  /** Median of all runs. */
  seconds(): number;
}

/** Of the process, not of the clock on the wall: what else the machine does is in neither side of a ratio. */
function stopwatch<T>(work: () => T): Stopwatch<T> {
  const times: number[] = [];
  return {
    run: () => {
      const from = process.cpuUsage();
      const result = work();
      const { user, system } = process.cpuUsage(from);
      times.push((user + system) / 1_000_000);
      return result;
    },
    seconds: () => median(times),
  };
}

/** Matches every resource, as judging does. Returns a sum over what matched, to compare. */
function matchAll(ruleBook: RuleBook): number {
  let sum = 0;
  for (const resource of resources) {
    const { matching } = ruleBook.policyOf(resource);
    for (const position of matching) sum += position + 1;
    if (ruleBook.exclusionOf(resource) !== undefined) sum += 1;
    for (const position of ruleBook.waiversOf(resource)) sum += 1000 * (position + 1);
  }
  return sum;
}

/** Returns a text over what was found, to compare. */
function judgeAll(ruleBook: RuleBook): string {
  const evaluation = evaluate(ruleBook);
  const bad = evaluation.resources.filter(({ compliance }) => compliance === 'NON_COMPLIANT').length;
  const waived = evaluation.resources.filter(({ waiver }) => waiver !== null).length;
  return `${evaluation.resources.length} judged, ${bad} bad, ${waived} waived, ${evaluation.findings.length} findings`;
}

function evaluate(ruleBook: RuleBook): Evaluation {
  return evaluateCompliance({
    expected: resources,
    isNamed: true,
    histories,
    hindsight: { judgedBefore: null, isMadeLate: false },
    incidents: [],
    day,
    memory: null,
    knownSinceMs: day.startMs - 7 * 86_400_000,
    lookbackDays: 7,
    ruleBook,
  });
}
