import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { stageOfFile } from '../../src/profile/stage-of-file.js';
import { type Stage, stages } from '../../src/profile/stages.js';

const source = fileURLToPath(new URL('../../src/', import.meta.url));
const files = (await readdir(source, { recursive: true }))
  .filter((path) => path.endsWith('.js'))
  .map((path) => path.replaceAll('\\', '/').replace(/\.js$/, ''));

/** Of these, no file of ours is the reason: V8 and Node are. */
const ofNobody: readonly Stage[] = [
  'loading',
  'garbage collection',
  'node',
  'threads of Node',
  'other packages',
  'waiting',
];

describe('the stage of a file', () => {
  it('is decided for every file of src', () => {
    expect(files.length).toBeGreaterThan(400);
    expect(files.filter((path) => stageOfFile(path) === undefined)).toEqual([]);
  });

  it('is one of each of the stages that a run has', () => {
    const found = new Set(files.map(stageOfFile));
    expect(stages.filter((stage) => !found.has(stage))).toEqual(ofNobody);
  });
});
