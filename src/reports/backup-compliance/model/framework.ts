import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { controlNames } from './verdict.js';

/** What of a report supports a clause: a control, or one of the report's own properties. */
export const supportNames = [...controlNames, 'population', 'changes', 'archive'] as const;

export type SupportName = (typeof supportNames)[number];

const supportSchema = z
  .object({
    by: z
      .enum(supportNames)
      .describe(
        'A control; population: everything in scope is judged; changes: what was changed in backup settings; archive: the report is kept unaltered.',
      ),
    checked: z
      .boolean()
      .describe('Whether somebody has compared it with the text of the clause; false: not yet.'),
    note: z.string().nullable().describe("The company's own sentence; null: the usual one."),
  })
  .describe('What supports the clause.');

export const frameworkSchema = z
  .object({
    id: z.string().min(1).describe('Name in the configuration: iso27001.'),
    title: z.string().min(1).describe('Its name and edition. No text of a standard is in the report.'),
    clauses: z
      .array(
        z
          .object({
            clause: z.string().min(1).describe('Number of the clause: A.8.13.'),
            supports: z.array(supportSchema).min(1).describe('What of this report supports it.'),
          })
          .describe('One clause.'),
      )
      .describe('Clauses in the order of the table.'),
  })
  .meta({
    id: 'framework',
    description: 'Clauses of a framework that this report supports. It never says that one is complied with.',
  });

/** A framework as a report shows it. */
export type Framework = DeepReadonly<z.infer<typeof frameworkSchema>>;
