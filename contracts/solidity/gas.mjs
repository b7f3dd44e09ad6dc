#!/usr/bin/env node
// Measures every public function of the contracts, each call as a transaction of its own, and writes
// gas.json: gas beyond the transaction's 21,000 and its calldata, with every access cold; for what
// changes nothing also with every access warm. With --check compares instead, and exits 1 when the
// committed figures are others, or a function has none.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const SNAPSHOT = new URL('gas.json', import.meta.url);
const FOLDER = new URL('target/gas/', import.meta.url);
const FIGURES = new URL('figures', FOLDER);
const ARTIFACTS = new URL('src/main/resources/io/attestgate/contracts/', import.meta.url);
const CONTRACTS = [
  'AttesterVerifier', 'DcapVerifierAdapter', 'EnclaveRegistry', 'GatewayPolicy', 'Heartbeat',
  'MeasurementRegistry', 'SignedResults',
];

function measure() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const forge = spawnSync(process.execPath, ['forge.mjs', 'test'], {
    cwd: new URL('.', import.meta.url),
    env: { ...process.env, FOUNDRY_PROFILE: 'gas' },
    encoding: 'utf8',
  });
  if (forge.status !== 0) {
    console.error(forge.stdout, forge.stderr);
    process.exit(1);
  }
  const gas = Object.fromEntries(CONTRACTS.map(contract => [contract, {}]));
  for (const line of readFileSync(FIGURES, 'utf8').trim().split('\n').sort()) {
    const words = line.split(' ');
    const figure = { [words.length === 4 ? 'warm' : 'cold']: Number(words.at(-1)) };
    gas[words[0]][words[1]] = { ...gas[words[0]][words[1]], ...figure };
  }
  return gas;
}

/** Names what the artifact has and nobody measured. */
function requireAll(contract, figures) {
  const { abi } = JSON.parse(readFileSync(new URL(`${contract}.json`, ARTIFACTS), 'utf8'));
  return abi.filter(({ type, name }) => type === 'function' && figures[name]?.cold === undefined)
    .map(({ name }) => `${contract}.${name}: not measured (expected: a call in Gas.t.sol)`);
}

const gas = measure();
const wrong = CONTRACTS.flatMap(contract => requireAll(contract, gas[contract]));
const text = `${JSON.stringify(gas, null, 2).replaceAll(/\{\s+("\w+": \d+)(?:,\s+("\w+": \d+))?\s+\}/g,
  (_, first, second) => (second ? `{ ${first}, ${second} }` : `{ ${first} }`))}\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(SNAPSHOT, text);
} else if (text !== readFileSync(SNAPSHOT, 'utf8')) {
  wrong.push('gas.json: other figures (expected: those that gas.mjs measures)');
}
wrong.forEach(line => console.error(line));
process.exit(wrong.length > 0 ? 1 : 0);
