/** What a part of the bench measured. */
export interface PartResult {
  /** Markdown below the heading of the part. */
  readonly text: string;
  /** Figures that targets are set for, by their names. */
  readonly figures: Readonly<Record<string, number>>;
}

/** A part of the bench, which is measured and kept by itself. */
export interface Part {
  /** `events-1000000` */
  readonly name: string;
  readonly title: string;
  /** Folders and files that it measures, relative to the project's folder; all else may change without it. */
  readonly rooms: readonly string[];
  measure(): Promise<PartResult>;
}

/** All that a run of a day goes through. */
export const roomsOfRun: readonly string[] = [
  'src/archives',
  'src/base',
  'src/config',
  'src/day',
  'src/files',
  'src/language',
  'src/mail',
  'src/model',
  'src/records',
  'src/renderers',
  'src/reports',
  'src/sources',
  'src/wiring',
  'templates',
];
