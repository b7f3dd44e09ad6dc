#!/usr/bin/env node
// Compiles the contracts and writes their artifacts, the same bytes on every machine; with --check
// compares instead, and exits 1 when the committed artifacts are not what the sources say.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import solc, { readImport } from './compiler.mjs';

const SOURCES = new URL('src/main/solidity/', import.meta.url);
const ARTIFACTS = new URL('src/main/resources/io/attestgate/contracts/', import.meta.url);

/** Contracts whose code a bootstrap file pins: one release has one code hash. */
const PINNED = [
  'GatewayPolicy', 'MeasurementRegistry', 'Heartbeat', 'EnclaveRegistry', 'AttesterVerifier',
  'DcapVerifierAdapter', 'SignedResults',
];

/** Contracts that an enclave never reads; those of OpenZeppelin's keep their names in immutables. */
const GOVERNANCE = ['PolicyGovernor', 'PolicyTimelock', 'DemoVotes'];

const SETTINGS = {
  evmVersion: 'cancun',
  optimizer: { enabled: true, runs: 200 },
  metadata: { bytecodeHash: 'none' },
  outputSelection: {
    '*': {
      '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object',
        'evm.deployedBytecode.immutableReferences', 'storageLayout', 'userdoc'],
    },
  },
};

function compile() {
  const files = readdirSync(SOURCES).filter(file => file.endsWith('.sol')).sort();
  const sources = Object.fromEntries(
    files.map(file => [file, { content: readFileSync(new URL(file, SOURCES), 'utf8') }]));
  const output = JSON.parse(
    solc.compile(
      JSON.stringify({ language: 'Solidity', sources, settings: SETTINGS }),
      { import: readImport }));
  if (output.errors) {
    output.errors.forEach(error => console.error(error.formattedMessage));
    process.exit(1);
  }
  return output.contracts;
}

function artifact(contractName, contract) {
  const { abi, storageLayout, userdoc, evm } = contract;
  const immutables = Object.keys(evm.deployedBytecode.immutableReferences).length;
  if (immutables > 0 && PINNED.includes(contractName)) {
    throw new Error(`${contractName}: immutables (expected: none, one release has one code hash)`);
  }
  return {
    contractName,
    compiler: {
      version: solc.version(),
      evmVersion: SETTINGS.evmVersion,
      optimizerRuns: SETTINGS.optimizer.runs,
    },
    abi,
    bytecode: `0x${evm.bytecode.object}`,
    deployedBytecode: `0x${evm.deployedBytecode.object}`,
    storageLayout: withoutAstIds(storageLayout),
    userdoc,
  };
}

/** The layout without the compiler's node numbers, which any edit of any source renumbers. */
function withoutAstIds(layout) {
  const text = JSON.stringify(layout, (key, value) => (key === 'astId' ? undefined : value));
  return JSON.parse(text.replaceAll(/\)\d+(?=[_",)])/g, ')'));
}

const contracts = compile();
const wrong = [];
for (const name of [...PINNED, ...GOVERNANCE]) {
  const file = new URL(`${name}.json`, ARTIFACTS);
  const text = `${JSON.stringify(artifact(name, contracts[`${name}.sol`][name]), null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (text !== readFileSync(file, 'utf8')) {
    wrong.push(name);
  }
}
wrong.forEach(name => console.error(
  `${name}.json: not what the sources compile to (expected: the bytes that build.mjs writes)`));
process.exit(wrong.length > 0 ? 1 : 0);
