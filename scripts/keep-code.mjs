// For --import, with compile-joined.mjs: writes the code that V8 has made of a joined file when the process ends.
import { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import { compiledCodeName } from '../dist/src/joined-code.js';

if (isMainThread) {
  const Script = vm.Script;
  vm.Script = class extends Script {
    constructor(text, options) {
      super(text, options);
      if (!options.filename.endsWith(`/${process.env.KEEP_CODE_OF}`)) return;
      process.on('exit', () => {
        writeFileSync(compiledCodeName(fileURLToPath(options.filename)), this.createCachedData());
      });
    }
  };
  syncBuiltinESMExports();
}
