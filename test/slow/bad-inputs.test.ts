import { describe, expect, it } from 'vitest';
import { badInputHere, variablesIn } from '../support/bad-input.js';
import { type CallProgram, expectedOutcome, outcomeOf } from '../support/bad-input-outcome.js';
import { badInputs } from '../support/bad-inputs.js';
import { runCli } from '../support/cli.js';
import { shareOf } from '../support/share-of.js';

/** As a process of its own; where nobody else may be asked, in this one. */
const asProcess: CallProgram = async (input, args, directory) => {
  if (input.isReadOnly === true) return badInputHere(input, args, directory);
  const byTheClock = args[0] === 'schedule' ? { SOURCE_DATE_EPOCH: undefined } : {};
  return runCli(args, { cwd: directory, env: { ...byTheClock, ...variablesIn(directory, input) } });
};

describe.each([{ isJson: false }, { isJson: true }])('a bad input, with JSON asked for: $isJson', (how) => {
  it.each(shareOf('bad inputs', badInputs))('$fault', async (input) => {
    expect(await outcomeOf(input, asProcess, how)).toEqual(expectedOutcome(input));
  });
});
