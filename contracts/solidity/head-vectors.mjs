#!/usr/bin/env node
// Writes the vectors of docs/head.md: one life of a GatewayPolicy with every op at least once. It
// encodes and hashes by itself, so that Solidity and Java are held against a third hand; with
// --check compares instead, and exits 1 when the committed vectors are others.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const sha3 = createRequire(import.meta.url)('js-sha3');
const FILE = new URL(
  'src/main/resources/io/attestgate/contracts/head-vectors.json', import.meta.url);
const ZERO = `0x${'00'.repeat(32)}`;
const DAY_SECONDS = 86_400;

const OPS = {
  Publish: [1, 'bytes32', 'uint32'],
  Withdraw: [2],
  ClearTombstone: [3],
  Delegate: [4, 'address', 'uint32'],
  Freeze: [5, 'uint64', 'uint64'],
  LiftFreeze: [6, 'uint64'],
  Halt: [7, 'uint64', 'uint64'],
  LiftHalt: [8, 'uint64'],
  ProposeGovernor: [9, 'address'],
  AcceptGovernor: [10, 'address'],
  SetGuardian: [11, 'address', 'uint64'],
  RenewGuardian: [12, 'uint64'],
  SetMeasurementRegistry: [13, 'address'],
  SetEnclaveRegistry: [14, 'address'],
  SetHeartbeat: [15, 'address'],
  SetSuccessor: [16, 'address'],
};

const account = digit => `0x${digit.repeat(40)}`;
const [deployer, governor, guardian, controller, next] = ['d', 'a', 'b', 'c', 'e'].map(account);
const [measurements, enclaves, heartbeat, successor] = ['1', '2', '3', '4'].map(account);
const nobody = account('0');
const chainId = 31_337;
const contract = account('9');
const start = 1_900_000_000;

const keccak = bytes => `0x${sha3.keccak256(bytes)}`;
const bytesOf = hex => Buffer.from(hex.slice(2), 'hex');
const word = value => (typeof value === 'number' ? value.toString(16) : value.slice(2)).padStart(64, '0');
const encode = values => `0x${values.map(word).join('')}`;

const changes = [];
let now = start;
let head = ZERO;

function change(actor, opName, name, values, document) {
  const [op, ...types] = OPS[opName];
  const n = changes.length + 1;
  const nameHash = name === null ? ZERO : keccak(name);
  const value = values.length === 0 ? '0x' : encode(values);
  const valueHash = keccak(bytesOf(value));
  head = keccak(bytesOf(encode(
    [keccak('attestgate/head/v1'), chainId, contract, n, head, op, nameHash, valueHash, actor])));
  changes.push({
    n, at: now, op, opName, name, ...(document === undefined ? {} : { document }), actor,
    types, values, value, nameHash, valueHash, head,
  });
}

const publish = (actor, name) => {
  const document = JSON.stringify({ domain: name });
  change(actor, 'Publish', name, [keccak(document), document.length], document);
};
const after = days => { now += days * DAY_SECONDS; };

change(deployer, 'AcceptGovernor', null, [governor]);
change(deployer, 'SetGuardian', null, [guardian, now + 180 * DAY_SECONDS]);
change(deployer, 'SetMeasurementRegistry', null, [measurements]);
publish(governor, '');
publish(governor, 'app.example');
change(governor, 'Delegate', 'a.example', [controller, 3]);
publish(controller, '*.a.example');
after(1);
change(governor, 'Withdraw', 'app.example', []);
change(governor, 'ClearTombstone', 'app.example', []);
change(guardian, 'Freeze', null, [now, now + 7 * DAY_SECONDS]);
change(controller, 'Withdraw', '*.a.example', []);
after(2);
change(governor, 'LiftFreeze', null, [now]);
change(guardian, 'Halt', 'a.example', [now, now + DAY_SECONDS]);
change(governor, 'LiftHalt', 'a.example', [now]);
change(guardian, 'Halt', '', [now, now + 7 * DAY_SECONDS]);
after(3);
change(governor, 'RenewGuardian', null, [now + 180 * DAY_SECONDS]);
change(governor, 'SetEnclaveRegistry', null, [enclaves]);
change(governor, 'SetHeartbeat', null, [heartbeat]);
change(governor, 'SetSuccessor', null, [successor]);
change(governor, 'Delegate', 'a.example', [nobody, 0]);
change(governor, 'SetGuardian', null, [nobody, 0]);
change(governor, 'ProposeGovernor', null, [next]);
change(next, 'AcceptGovernor', null, [next]);

const text = `${JSON.stringify({ type: 'attestgate/head/v1', chainId, contract, changes }, null, 2)}\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (text !== readFileSync(FILE, 'utf8')) {
  console.error('head-vectors.json: others (expected: the bytes that head-vectors.mjs writes)');
  process.exit(1);
}
