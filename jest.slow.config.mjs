// Crash points, full disks, large inputs and outside readers: minutes, not seconds.
export default {
  rootDir: 'dist/test/slow',
  testEnvironment: 'node',
  testMatch: ['**/*.test.js'],
  transform: {},
  testTimeout: 600_000,
  maxWorkers: 1,
};
