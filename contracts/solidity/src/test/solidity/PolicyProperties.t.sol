// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DelegatedNames} from "../../main/solidity/DelegatedNames.sol";
import {Op} from "../../main/solidity/Op.sol";
import {PolicySuite} from "./PolicySuite.sol";
import {Vm} from "./Suite.sol";

/// @notice What holds after any life: random calls by everybody, looked at after each.
contract PolicyPropertiesTest is PolicySuite {
    uint256 private constant CALLS = 80;
    uint256 private constant NAMES = 8;

    bytes32 private constant CHANGED =
        keccak256("Changed(uint64,uint8,bytes32,address,bytes,bytes32)");

    struct Seen {
        bytes32 state;
        bytes32 grants;
        uint64 epoch;
        bytes32 head;
        uint256 served;
    }

    function testFuzz_theHeadMovesWithTheStateAndOnlyWithIt(uint256 seed) public {
        Seen memory before = _look();
        for (uint256 i = 0; i < CALLS; ++i) {
            seed = _next(seed);
            bool success = _call(_caller(seed), seed >> 16);
            Seen memory now_ = _look();
            vm.assertEq(now_.epoch, success ? before.epoch + 1 : before.epoch);
            vm.assertTrue((now_.head != before.head) == success);
            if (!success) vm.assertEq(now_.state, before.state);
            before = now_;
            _later(seed % 10 days);
        }
    }

    function testFuzz_theGuardianOnlyEverReduces(uint256 seed) public {
        for (uint256 i = 0; i < CALLS; ++i) {
            seed = _next(seed);
            if (seed & 1 == 0) {
                _call(GOVERNOR, seed >> 16);
            } else {
                Seen memory before = _look();
                _call(policy.guardian(), seed >> 16);
                Seen memory now_ = _look();
                vm.assertEq(now_.served & ~before.served, 0, "serves more");
                vm.assertEq(now_.grants, before.grants, "documents, controllers, roles");
            }
            _later(seed % 10 days);
        }
    }

    function testFuzz_replayingTheChangeLogGivesTheHead(uint256 seed) public {
        vm.recordLogs();
        setUp();
        for (uint256 i = 0; i < CALLS; ++i) {
            seed = _next(seed);
            _call(_caller(seed), seed >> 16);
            _later(seed % 10 days);
        }
        vm.assertEq(_replay(vm.getRecordedLogs()), policy.head());
    }

    function testFuzz_theGovernorIsNeverLockedOut(uint256 seed) public {
        for (uint256 i = 0; i < CALLS; ++i) {
            seed = _next(seed);
            address caller = _caller(seed);
            if (caller != GOVERNOR) _call(caller, seed >> 16);
            _later(seed % 10 days);
        }
        vm.assertEq(policy.governor(), GOVERNOR);
        vm.startPrank(GOVERNOR);
        policy.setGuardian(address(0));
        if (policy.isFrozen(block.timestamp)) policy.liftFreeze();
        policy.publish("a.example", DOCUMENT);
        policy.withdraw("a.example");
        policy.clearTombstone("a.example");
        policy.delegate("a.example", STRANGER, 1);
    }

    function _replay(Vm.Log[] memory logs) private view returns (bytes32 head) {
        uint64 n = 0;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter != address(policy) || logs[i].topics[0] != CHANGED) continue;
            (address actor, bytes memory value,) =
                abi.decode(logs[i].data, (address, bytes, bytes32));
            Op op = Op(uint256(logs[i].topics[2]));
            head = keccak256(
                abi.encode(
                    keccak256("attestgate/head/v1"),
                    block.chainid,
                    address(policy),
                    ++n,
                    head,
                    op,
                    logs[i].topics[3],
                    keccak256(value),
                    actor
                )
            );
        }
    }

    function _look() private view returns (Seen memory seen) {
        seen.epoch = policy.epoch();
        seen.head = policy.head();
        bytes memory grants = abi.encode(
            policy.governor(),
            policy.pendingGovernor(),
            policy.guardian(),
            policy.guardianTermEnd(),
            policy.measurementRegistry(),
            policy.enclaveRegistry(),
            policy.heartbeat(),
            policy.successor()
        );
        bytes memory halts;
        for (uint256 i = 0; i < NAMES; ++i) {
            DelegatedNames.Entry memory entry = policy.entryOf(_name(i));
            bool published = entry.status == DelegatedNames.Status.Published;
            bool tombstone = entry.status == DelegatedNames.Status.Withdrawn;
            if (published && !_halted(_name(i))) seen.served |= 1 << i;
            grants = abi.encode(
                grants,
                entry.documentHash,
                entry.document,
                published,
                tombstone,
                entry.controller,
                entry.namesMax,
                entry.namesUsed,
                entry.delegation
            );
            halts = abi.encode(halts, entry.halt);
        }
        (uint64 start, uint64 until, uint64 lifted, uint64 number) = policy.freezing();
        seen.grants = keccak256(grants);
        seen.state =
            keccak256(abi.encode(grants, halts, start, until, lifted, number, policy.namesCount()));
    }

    function _call(address caller, uint256 seed) private returns (bool success) {
        bytes memory data = _data(seed % 16, _name((seed >> 8) % NAMES), seed >> 16);
        vm.prank(caller);
        (success,) = address(policy).call(data);
    }

    function _data(uint256 choice, string memory name, uint256 seed)
        private
        view
        returns (bytes memory)
    {
        uint64 until = uint64(block.timestamp + seed % 8 days);
        address who = seed >> 32 & 1 == 0 ? CONTROLLER : STRANGER;
        if (choice < 3) return abi.encodeCall(policy.publish, (name, abi.encode(seed % 4)));
        if (choice < 5) return abi.encodeCall(policy.withdraw, (name));
        if (choice == 5) return abi.encodeCall(policy.clearTombstone, (name));
        if (choice == 6) return abi.encodeCall(policy.delegate, (name, who, uint32(1 + seed % 3)));
        if (choice == 7) return abi.encodeCall(policy.delegate, (name, address(0), 0));
        if (choice == 8) return abi.encodeCall(policy.freeze, (until));
        if (choice == 9) return abi.encodeCall(policy.liftFreeze, ());
        if (choice < 12) return abi.encodeCall(policy.halt, (name, until));
        if (choice == 12) return abi.encodeCall(policy.lift, (name));
        if (choice == 13) return abi.encodeCall(policy.renewGuardian, ());
        if (choice == 14) return abi.encodeCall(policy.setGuardian, (GUARDIAN));
        return abi.encodeCall(policy.setSuccessor, (who));
    }

    function _next(uint256 seed) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed)));
    }

    function _caller(uint256 seed) private pure returns (address) {
        address[4] memory callers = [GOVERNOR, GUARDIAN, CONTROLLER, STRANGER];
        return callers[seed % 4];
    }

    function _name(uint256 i) private pure returns (string memory) {
        string[NAMES] memory names = [
            "",
            "example",
            "*.example",
            "a.example",
            "*.a.example",
            "b.a.example",
            "evila.example",
            "org"
        ];
        return names[i];
    }
}
