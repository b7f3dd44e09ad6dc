#!/usr/bin/env node
// Writes the vectors of docs/registries.md: what an enclave signs to register, what attesters sign of
// it, five results, and the batch of them. It encodes and hashes by itself, so that Solidity and Java
// are held against a third hand; with --check compares instead, and exits 1 when the committed vectors
// are others.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const sha3 = createRequire(import.meta.url)('js-sha3');
const FILE = new URL(
  'src/main/resources/io/attestgate/contracts/result-vectors.json', import.meta.url);

const RESULT = 'Result(address gateway,uint64 policyEpoch,bytes32 policyHead,bytes32 requestHash,'
  + 'bytes32 responseHash,bytes32 upstream,uint64 issuedAt,uint64 sequence)';
const DOMAIN
  = 'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)';

const account = digit => `0x${digit.repeat(40)}`;
const chainId = 31_337;
const contract = account('9');
const gateway = account('e');
const [registry, verifier] = ['2', '5'].map(account);

const keccak = bytes => `0x${sha3.keccak256(bytes)}`;
const bytesOf = hex => Buffer.from(hex.slice(2), 'hex');
const word = value => (typeof value === 'number' ? value.toString(16) : value.slice(2)).padStart(64, '0');
const hashOf = (...values) => keccak(bytesOf(`0x${values.map(word).join('')}`));
const packed = (...parts) => keccak(bytesOf(`0x${parts.map(part => part.slice(2)).join('')}`));

const digest = (asker, structHash) => packed(
  '0x1901', hashOf(keccak(DOMAIN), keccak('Attestgate'), keccak('1'), chainId, asker), structHash);
const node = (a, b) => (a < b ? packed('0x01', a, b) : packed('0x01', b, a));

function result(sequence) {
  const fields = {
    gateway,
    policyEpoch: 7 + sequence,
    policyHead: keccak(`head ${sequence}`),
    requestHash: keccak(`request ${sequence}`),
    responseHash: keccak(`response ${sequence}`),
    upstream: sequence % 2 === 0 ? keccak('upstream') : `0x${'00'.repeat(32)}`,
    issuedAt: 1_900_000_000 + sequence,
    sequence,
  };
  const structHash = hashOf(keccak(RESULT), ...Object.values(fields));
  return { ...fields, structHash, digest: digest(contract, structHash), leaf: packed('0x00', structHash) };
}

/** The root, and for each leaf its siblings; where a level is odd, the last moves up as it is. */
function tree(leaves) {
  const paths = leaves.map(() => []);
  let level = leaves;
  for (let step = 0; level.length > 1; step += 1) {
    paths.forEach((path, i) => {
      const sibling = level[(i >> step) ^ 1];
      if (sibling !== undefined) path.push(sibling);
    });
    const below = level;
    level = below.filter((_, i) => i % 2 === 0)
      .map((left, i) => (2 * i + 1 < below.length ? node(left, below[2 * i + 1]) : left));
  }
  return { root: level[0], paths };
}

const results = [1, 2, 3, 4, 5].map(result);
const { root, paths } = tree(results.map(({ leaf }) => leaf));
const batchHash = hashOf(keccak('ResultBatch(address gateway,bytes32 root)'), gateway, root);

const claim = `0x${[
  keccak('attestgate/registration/v1'), chainId, registry, gateway, keccak('measurement'),
  `0x${'00'.repeat(32)}`, 1_000_000, keccak('block'), 1_900_086_400, keccak('nonce'),
].map(word).join('')}`;
const claimHash = keccak(bytesOf(claim));

const text = `${JSON.stringify({
  type: 'attestgate/results/v1',
  chainId,
  contract,
  results: results.map((one, i) => ({ ...one, path: paths[i] })),
  batch: { gateway, root, structHash: batchHash, digest: digest(contract, batchHash) },
  registration: {
    registry,
    claim,
    digest: digest(registry, hashOf(keccak('Registration(bytes32 claim)'), claimHash)),
  },
  attestation: {
    verifier,
    digest: digest(verifier, hashOf(keccak('Attestation(bytes32 claim)'), claimHash)),
  },
}, null, 2)}\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (text !== readFileSync(FILE, 'utf8')) {
  console.error('result-vectors.json: others (expected: the bytes that result-vectors.mjs writes)');
  process.exit(1);
}
