import type { BatchReaderModule } from '../../src/reports/record-reading.js';

/* What threads load in tests of reading: it answers with the texts themselves, and does what some of them say. */
export const createBatchReader: BatchReaderModule['createBatchReader'] = () => (texts) => {
  if (texts.includes('"throw"')) throw new TypeError('the text says so');
  if (texts.includes('"exit"')) process.exit(3);
  return texts;
};
