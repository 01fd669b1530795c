/*
 * Writes docs/template-fields.md: every field that page and mail can show, with an example, from what the sample days of
 * the code give.
 *
 *   npm run template-fields
 */
import { writeFile } from 'node:fs/promises';
import { templateFieldsDocument } from '../dist/src/wiring/template-fields.js';

await writeFile(new URL('../docs/template-fields.md', import.meta.url), await templateFieldsDocument());
