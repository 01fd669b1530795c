import { z } from 'zod';
import { knownFrameworks } from '../reports/backup-compliance/rules/framework-table.js';
import { textValue } from './values.js';

/** Frameworks whose clauses the report's appendix lists: by name, or a company's own file. */
export const frameworksSchema = z
  .array(
    textValue.refine(
      (name) => (knownFrameworks as readonly string[]).includes(name) || /\.ya?ml$/i.test(name),
      `must be one of ${knownFrameworks.join(', ')}, or a .yaml file of your own`,
    ),
  )
  .default([])
  .refine((names) => new Set(names).size === names.length, 'must name each once');
