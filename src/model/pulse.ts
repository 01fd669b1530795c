import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import { countSchema, dateSchema } from './document-values.js';

/** So many days, and so many comparable ones, are remembered of each source. */
export const pulseDays = 14;

export const pulseDaySchema = z
  .object({
    date: dateSchema.describe('Report day.'),
    records: countSchema.describe('Records whose time lies in it, whatever became of them.'),
    comparable: z
      .boolean()
      .describe(
        'Whether something was due that this source had told of last, and the source was read to its end.',
      ),
  })
  .meta({ id: 'pulseDay', description: 'How much a source told on one day.' });

export type PulseDay = DeepReadonly<z.infer<typeof pulseDaySchema>>;

const daysSchema = z.array(pulseDaySchema);

export const sourcePulseSchema = z
  .object({
    days: daysSchema.describe(
      'The last 14 days and the last 14 comparable ones, and those up to the last day that had records; oldest first; the last is the report day.',
    ),
    regions: z
      .array(
        z.object({
          region: z
            .string()
            .nullable()
            .describe('As OCIDs write it, of the oldest four the code: iad, eu-zurich-1; null: not known.'),
          days: daysSchema.describe('As of the whole source.'),
        }),
      )
      .describe('The same for each region that its records are of.'),
  })
  .describe(
    'How much the source told, day by day: a source that falls silent is told from a quiet day by it.',
  );

/** Numbers of records of one source by report day and region. */
export type SourcePulse = DeepReadonly<z.infer<typeof sourcePulseSchema>>;

/** When and where something happened that a record tells of, whatever became of the record. */
export interface Happening {
  /** Epoch milliseconds. */
  readonly timeMs: number;
  /** As OCIDs write it; null: not known. */
  readonly region: string | null;
}
