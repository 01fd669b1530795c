import type { JobStatus } from '../../model/backup-job.js';
import { type Outcome, outcomes } from '../../model/verdict.js';

/** The colours of a chart, each `#rrggbb`. */
export interface ChartColours {
  readonly outcomes: Readonly<Record<Outcome, string>>;
  /** Of jobs, besides the colours that they share with outcomes. */
  readonly canceled: string;
  /** Of numbers on a status; `inkOnWarnings` where the ground would be too pale. */
  readonly ground: string;
  readonly inkOnWarnings: string;
  readonly text: string;
  /** For what is less important: axes, a day without report. */
  readonly soft: string;
  readonly line: string;
  /** For a day without report. */
  readonly gap: string;
}

/**
 * For a light background, on which each has a contrast of 3:1 at least. Under deuteranopia and protanopia all can be told
 * apart, too: by lightness, and by yellow against blue. They are distinct, because the page looks a colour up to replace
 * it in its own schemes. The style sheet of the page has the same (test/renderers/chart-colours.test.ts).
 */
export const lightColours: ChartColours = {
  outcomes: {
    FAILED: '#a51408',
    MISSED: '#e25ea3',
    UNKNOWN: '#4627a5',
    LATE: '#5f2004',
    IN_PROGRESS: '#2569df',
    RECOVERED: '#956e0c',
    SUCCEEDED_WITH_WARNINGS: '#c57e03',
    SUCCEEDED: '#2b7566',
    NOT_DUE: '#7f8080',
  },
  canceled: '#500e5a',
  ground: '#ffffff',
  inkOnWarnings: '#1b2432',
  text: '#1b2430',
  soft: '#566274',
  line: '#dde1e7',
  gap: '#e9ecf0',
};

/** The same for a dark background; the page has them in its style sheet. */
export const darkColours: ChartColours = {
  outcomes: {
    FAILED: '#ff5d4c',
    MISSED: '#c66c98',
    UNKNOWN: '#8774f6',
    LATE: '#b54908',
    IN_PROGRESS: '#7daefe',
    RECOVERED: '#eef7a0',
    SUCCEEDED_WITH_WARNINGS: '#ffc20c',
    SUCCEEDED: '#89d0bb',
    NOT_DUE: '#656c6f',
  },
  canceled: '#fbc9f9',
  ground: '#1a2029',
  inkOnWarnings: '#1b2432',
  text: '#e7ebf0',
  soft: '#a4b0bf',
  line: '#313b49',
  gap: '#2a333f',
};

/** A status of a job has the colour of the outcome of its name. */
export function statusColour(status: JobStatus, colours: ChartColours): string {
  return status === 'CANCELED' ? colours.canceled : colours.outcomes[status];
}

/** For text on the colour of a status, with a contrast of 4.5:1 at least in either scheme. */
export function inkOn(status: JobStatus, colours: ChartColours): string {
  return status === 'SUCCEEDED_WITH_WARNINGS' ? colours.inkOnWarnings : colours.ground;
}

/** The class by which the page's style sheet restyles a colour: `chart-failed`, `chart-text`. */
export function colourClasses(colours: ChartColours): ReadonlyMap<string, string> {
  const { canceled, inkOnWarnings, text, soft, line, ground, gap } = colours;
  return new Map([
    ...outcomes.map((outcome) => [colours.outcomes[outcome], outcomeClass(outcome)] as const),
    [canceled, statusClass('CANCELED')],
    [inkOnWarnings, 'chart-ink'],
    [text, 'chart-text'],
    [soft, 'chart-soft'],
    [line, 'chart-line'],
    [ground, 'chart-ground'],
    [gap, 'chart-gap'],
  ]);
}

/** `chart-in-progress` */
export function outcomeClass(outcome: Outcome): string {
  return classOf(outcome);
}

/** `chart-canceled`; of most statuses that of the outcome of the same name. */
export function statusClass(status: JobStatus): string {
  return classOf(status);
}

function classOf(name: string): string {
  return `chart-${name.toLowerCase().replaceAll('_', '-')}`;
}
