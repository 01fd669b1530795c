import { Failure } from '../errors.js';
import { firstKind } from '../model/kind-of-report.js';

/** A made-up company, for one kind of report. */
export interface DemoOfKind {
  /** `Two weeks of a made-up company's backups` */
  readonly words: string;
  /**
   * Writes its records, and `backup-report.yaml` to report on them.
   *
   * @returns the dates, oldest first; the last is `yesterday`
   */
  write(
    directory: string,
    days: { readonly yesterday: string; readonly timezone: string },
  ): Promise<readonly string[]>;
}

/** Each is loaded when it is asked for. */
const demos: Readonly<Record<string, () => Promise<DemoOfKind>>> = {
  [firstKind]: async () => {
    const { writeDemo } = await import('../demo/write-demo.js');
    return { words: "Two weeks of a made-up company's backups", write: writeDemo };
  },
  'tenancy-changes': async () => {
    const { writeTenancyDemo } = await import('../demo/write-tenancy-demo.js');
    return { words: 'Nine days of a made-up tenancy', write: writeTenancyDemo };
  },
  'database-activity': async () => {
    const { writeActivityDemo } = await import('../demo/write-activity-demo.js');
    return { words: "A made-up company's databases", write: writeActivityDemo };
  },
};

/** @throws Failure('usage') for a kind without a demo */
export async function demoOf(report: string): Promise<DemoOfKind> {
  const load = Object.hasOwn(demos, report) ? demos[report] : undefined;
  if (load !== undefined) return load();
  throw new Failure('usage', `there is no demo of reports of the kind ${report}`, {
    hints: [`There is one of ${Object.keys(demos).join(', ')}.`],
  });
}
