import { describeAnyContainer } from '../support/any-container.js';

/* All of them are in test/slow/any-container.test.ts. */
describeAnyContainer(8);
