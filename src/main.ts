#!/usr/bin/env node
/*
 * Starts the program where this Node can run it. An older one would end with an error of syntax, or of something that it lacks, which
 * tells nobody what to do. So this file imports nothing by itself, and has no syntax that is younger than Node 12.20.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
// As package.json has it under engines.
const isNewEnough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;

if (isNewEnough) import('./start.js').then(({ start }) => start());
else {
  process.stderr.write(
    `backup-report: this is Node ${process.versions.node} (${process.execPath}); it needs Node 20.19, 22.12 or a later one\n` +
      '  -> Install one from https://nodejs.org, or put it first in PATH, and run the same command again.\n',
  );
  process.exitCode = 2;
}
