// The solc of package.json, from node_modules here or in a folder of NODE_PATH; another version is
// refused, since it would compile to other bytes.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const wanted = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
  .devDependencies.solc;
const solc = createRequire(import.meta.url)('solc');

if (!solc.version().startsWith(`${wanted}+`)) {
  console.error(`solc: ${solc.version()} (expected: ${wanted}, npm ci in contracts/solidity)`);
  process.exit(2);
}

export default solc;
