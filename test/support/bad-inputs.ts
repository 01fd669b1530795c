import { badConfigurations } from './bad-configurations.js';
import { badFiles } from './bad-files.js';
import type { BadInput } from './bad-input.js';
import { badMachines } from './bad-machines.js';
import { badOptions } from './bad-options.js';
import { badValues } from './bad-values.js';

/** The table of bad inputs, in the order of the section "Faults and what to do" of docs/operations.md. */
export const badInputs: readonly BadInput[] = [
  ...badConfigurations,
  ...badValues,
  ...badOptions,
  ...badFiles,
  ...badMachines,
];
