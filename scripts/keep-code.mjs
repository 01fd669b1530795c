// For --import, with compile-joined.mjs: writes the code that V8 has made of a joined file when the process ends.
import { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import vm from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import { compiledCodeName } from '../dist/src/joined-code.js';

if (isMainThread) {
  const Script = vm.Script;
  vm.Script = class extends Script {
    constructor(text, options) {
      super(text, options);
      if (!options.filename.endsWith(`/${process.env.KEEP_CODE_OF}`)) return;
      // Code that runs at the beginning only, or not in this process, would be thrown away before the end.
      setFlagsFromString('--no-flush-bytecode');
      process.on('exit', () => {
        // V8 takes code only with the flags that it was made with.
        setFlagsFromString('--flush-bytecode');
        writeFileSync(compiledCodeName(fileURLToPath(options.filename)), this.createCachedData());
      });
    }
  };
  syncBuiltinESMExports();
}
