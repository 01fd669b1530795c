import slow from './jest.slow.config.mjs';

// The slow tests, and of the longest everything (see test/support/share-of.ts): hours. The workers inherit it.
process.env['TEST_EVERYTHING'] = 'yes';

export default { ...slow, testTimeout: 14_400_000 };
