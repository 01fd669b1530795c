// The tests run on the compiled output: the very files that ship, worker threads included.
export default {
  rootDir: 'dist/test',
  testEnvironment: 'node',
  testMatch: ['**/*.test.js'],
  testPathIgnorePatterns: ['/slow/'],
  transform: {},
  testSequencer: '<rootDir>/../../jest.sequencer.mjs',
  // A machine with other work is slow, and that is no failure.
  testTimeout: 600_000,
  // Jest by itself leaves one core idle.
  maxWorkers: '100%',
};
