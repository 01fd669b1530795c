import type { ThreadReading } from '../../reports/record-reading.js';

/** To the worker, once: how the kind of report understands records. */
export type ReadingTask = Pick<ThreadReading, 'module' | 'window'>;

/** To the worker: the texts of one batch; empty where a record is none. */
export type BatchTexts = readonly string[];
