import quick from './jest.config.mjs';

// Crash points, full disks, large inputs and outside readers: minutes, not seconds. Of the longest a tenth.
export default {
  ...quick,
  rootDir: 'dist/test/slow',
  testPathIgnorePatterns: [],
  testSequencer: '<rootDir>/../../../jest.sequencer.mjs',
  testTimeout: 1_800_000,
};
