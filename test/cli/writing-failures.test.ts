import { describe, expect, it } from 'vitest';
import { environmentFailure } from '../../src/cli/environment-failure.js';
import { reportFailure } from '../../src/cli/output.js';
import { asStorageFailure } from '../../src/day/artefacts/workspace.js';
import { asWritingFailure } from '../../src/errors.js';

const errorOf = (code: string): Error => Object.assign(new Error(`${code}: failed`), { code });

function told(error: unknown): readonly [number, string] {
  let said = '';
  const code = reportFailure(error, { answer: () => undefined, note: (text) => (said += `${text}\n`) });
  return [code, said];
}

describe('what cannot be written where a person said', () => {
  it.each([
    ['ENOSPC', 4, /no space left .*\n {2}-> Free space on that disk, or name a folder on another one\./],
    ['EDQUOT', 4, /quota is used up .*\n {2}-> Free space there, or have the quota raised\./],
    ['EFBIG', 4, /larger than allowed here .*\n {2}-> Have the limit of the size of files raised\./],
    ['EROFS', 4, /read-only .*\n {2}-> Name a folder on a file system that can be written\./],
    ['EACCES', 4, /permission denied .*\n {2}-> Give the user of this command the right to write there/],
    ['EIO', 4, /input\/output error .*\n {2}-> Look at the file system there/],
    ['ENOTDIR', 2, /is a file, not a directory .*\n {2}-> Name another one, or move what is there\./],
    ['EEXIST', 2, /it exists already .*\n {2}-> Name another one/],
    ['EISDIR', 2, /it is a directory .*\n {2}-> Name another one/],
    ['ENAMETOOLONG', 2, /the path is too long .*\n {2}-> Name another one/],
  ])('%s ends with %d and its own advice', (code, exit, words) => {
    expect(told(asWritingFailure(errorOf(code), './demo'))).toEqual([exit, expect.stringMatching(words)]);
  });

  it('and any other error is a fault of the program', () => {
    const bug = new TypeError('x');
    expect(asWritingFailure(bug, './demo')).toBe(bug);
  });
});

describe('a temporary folder that cannot be used', () => {
  it.each([
    ['ENOSPC', true],
    ['EDQUOT', true],
    ['EFBIG', true],
    ['ENOENT', false],
    ['ENOTDIR', false],
    ['EACCES', false],
    ['EROFS', false],
  ])('%s: to free space helps: %s', (code, isHelped) => {
    const [exit, said] = told(asStorageFailure(errorOf(code), '/t'));
    expect([exit, /free space/i.test(said), said.includes('TMPDIR')]).toEqual([4, isHelped, true]);
  });
});

describe('what the process was given', () => {
  const noFolder = Object.assign(errorOf('ENOENT'), { syscall: 'uv_cwd' });

  it.each([
    [errorOf('EMFILE'), 4, /too many open files \(EMFILE\)\n {2}-> Raise the limit of open files/],
    [errorOf('ENFILE'), 4, /too many open files on this machine \(ENFILE\)\n {2}-> Raise the limit/],
    [
      noFolder,
      2,
      /the folder in which this command was called does not exist any more\n {2}-> Change to a folder/,
    ],
  ])('%s is no fault of the program: exit %d', (error, exit, words) => {
    expect(told(environmentFailure(error))).toEqual([exit, expect.stringMatching(words)]);
  });

  it.each([errorOf('ENOENT'), new TypeError('x'), 'text', null])('%s is not of it', (error) => {
    expect(environmentFailure(error)).toBeNull();
  });
});
