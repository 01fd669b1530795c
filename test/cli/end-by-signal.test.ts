import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { endOnSignals } from '../../src/cli/end-by-signal.js';

const ended = (): { readonly target: EventEmitter; readonly by: string[] } => {
  const target = new EventEmitter();
  const by: string[] = [];
  endOnSignals(target, (signal) => void by.push(signal));
  return { target, by };
};

describe.each(['SIGTERM', 'SIGINT'])('%s', (signal) => {
  it('ends a process in which nobody else listens to it', () => {
    const { target, by } = ended();
    target.emit(signal);
    expect(by).toEqual([signal]);
  });

  it('is left to a command that listens, and ends the process once that listens no more', () => {
    const { target, by } = ended();
    const own: string[] = [];
    target.once(signal, () => own.push(signal));
    target.emit(signal);
    expect([own, by]).toEqual([[signal], []]);
    target.emit(signal);
    expect(by).toEqual([signal]);
  });
});

it('every command is started by a program that listens before it parses its arguments', () => {
  const main = readFileSync(new URL('../../src/program.js', import.meta.url), 'utf8');
  const listens = main.indexOf('endOnSignals();');
  expect(listens).toBeGreaterThan(0);
  expect(listens).toBeLessThan(main.indexOf('parseAsync'));
});
