#!/usr/bin/env node
// The compiler of package-lock.json behind the two calls that forge makes of a native solc:
// `--version`, and `--standard-json` with the input on stdin. It reads no file: the input names
// every source whole.
import { readFileSync } from 'node:fs';
import solc from './compiler.mjs';

if (process.argv.includes('--version')) {
  console.log('solc, the solidity compiler commandline interface');
  console.log(`Version: ${solc.version().replace('.Emscripten.clang', '.Linux.g++')}`);
} else if (process.argv.includes('--standard-json')) {
  process.stdout.write(solc.compile(readFileSync(0, 'utf8')));
} else {
  console.error('solc.mjs: expected --version or --standard-json');
  process.exit(2);
}
