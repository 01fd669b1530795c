import { type Outcome, outcomes } from '../../model/verdict.js';

/** The colours of a chart, each `#rrggbb`. */
export interface ChartColours {
  readonly outcomes: Readonly<Record<Outcome, string>>;
  /** From few to many, for the squares of a heat map. */
  readonly heat: readonly string[];
  /** Colour of the numbers on squares with few, and on those with many. */
  readonly heatText: { readonly few: string; readonly many: string };
  readonly text: string;
  /** For what is less important: axes, a day without report. */
  readonly soft: string;
  readonly line: string;
  /** Background, also visible in the gaps between parts. */
  readonly ground: string;
  /** For a day without report. */
  readonly gap: string;
}

/**
 * For a light background. Outcomes of one tone differ in lightness, so that neighbours can be told apart; words beside
 * them name each. All are distinct, because the page looks a colour up to replace it in its own schemes.
 */
export const lightColours: ChartColours = {
  outcomes: {
    FAILED: '#cf3a41',
    MISSED: '#e58a8e',
    UNKNOWN: '#7d62c4',
    LATE: '#b87410',
    IN_PROGRESS: '#3f86bf',
    RECOVERED: '#dd9a26',
    SUCCEEDED_WITH_WARNINGS: '#efc673',
    SUCCEEDED: '#2f9e62',
    NOT_DUE: '#aab3bf',
  },
  heat: ['#dcebf7', '#b3d3ee', '#7fb3de', '#2f6da6', '#1d5587'],
  heatText: { few: '#1b2432', many: '#fdfdfd' },
  text: '#1b2430',
  soft: '#566274',
  line: '#dde1e7',
  ground: '#ffffff',
  gap: '#e9ecf0',
};

/** The class by which the page's style sheet restyles a colour: `chart-failed`, `chart-heat-1`, `chart-text`. */
export function colourClasses(colours: ChartColours): ReadonlyMap<string, string> {
  const { heat, heatText, text, soft, line, ground, gap } = colours;
  return new Map([
    ...outcomes.map((outcome) => [colours.outcomes[outcome], outcomeClass(outcome)] as const),
    ...heat.map((colour, index) => [colour, `chart-heat-${index + 1}`] as const),
    [heatText.few, 'chart-heat-few'],
    [heatText.many, 'chart-heat-many'],
    [text, 'chart-text'],
    [soft, 'chart-soft'],
    [line, 'chart-line'],
    [ground, 'chart-ground'],
    [gap, 'chart-gap'],
  ]);
}

/** `chart-in-progress` */
export function outcomeClass(outcome: Outcome): string {
  return `chart-${outcome.toLowerCase().replaceAll('_', '-')}`;
}
