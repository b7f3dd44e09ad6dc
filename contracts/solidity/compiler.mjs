// The solc and the OpenZeppelin contracts of package.json, from node_modules here or in a folder of
// NODE_PATH; other versions are refused, since they would compile to other bytes.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const LIBRARY = '@openzeppelin/contracts';

const require = createRequire(import.meta.url);
const wanted = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
  .devDependencies;
const solc = require('solc');
requireVersion('solc', solc.version().split('+')[0]);

function requireVersion(name, version) {
  if (version === wanted[name]) return;
  console.error(`${name}: ${version} (expected: ${wanted[name]}, npm ci in contracts/solidity)`);
  process.exit(2);
}

function locateLibrary() {
  const manifest = require.resolve(`${LIBRARY}/package.json`);
  requireVersion(LIBRARY, JSON.parse(readFileSync(manifest, 'utf8')).version);
  return dirname(manifest);
}

let library;

/** What solc asks for when a source imports a file that its input does not name. */
export function readImport(path) {
  const inside = path.startsWith(`${LIBRARY}/`) && !path.includes('..');
  if (!inside) return { error: `${path} (expected: a file of ${LIBRARY})` };
  library ??= locateLibrary();
  return { contents: readFileSync(join(library, path.slice(LIBRARY.length + 1)), 'utf8') };
}

export default solc;
