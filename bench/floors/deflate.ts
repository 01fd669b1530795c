/*
 * Floor: deflate of the very bytes that the parts of a workbook have, at its level. Argument: the workbook. Prints what
 * the deflating took alone, without reading the workbook.
 */
import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import JSZip from 'jszip';

const zip = await JSZip.loadAsync(await readFile(process.argv[2] ?? ''));
let seconds = 0;
let cpuSeconds = 0;
let bytes = 0;
for (const part of Object.values(zip.files)) {
  const plain = await part.async('nodebuffer');
  bytes += plain.length;
  const [from, cpuFrom] = [performance.now(), process.cpuUsage()];
  deflateRawSync(plain, { level: 1 });
  const { user, system } = process.cpuUsage(cpuFrom);
  seconds += (performance.now() - from) / 1000;
  cpuSeconds += (user + system) / 1_000_000;
}
process.stdout.write(`${JSON.stringify({ bytes, seconds, cpuSeconds })}\n`);
