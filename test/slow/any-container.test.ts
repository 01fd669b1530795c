import { describeAnyContainer } from '../support/any-container.js';

describeAnyContainer(100);
