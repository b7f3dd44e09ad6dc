// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DelegatedNames} from "../../main/solidity/DelegatedNames.sol";
import {Op} from "../../main/solidity/Op.sol";
import {PolicyLife} from "./PolicyLife.sol";
import {Vm} from "./Suite.sol";

/// @notice What holds after any life: random calls by everybody, looked at after each.
contract PolicyPropertiesTest is PolicyLife {
    /// @dev A halt of today has no effect 44 days later, whatever it waited for.
    uint256 private constant MOMENTS = 9;

    /// @dev How many calls each of two proposals makes.
    uint256 private constant CHANGES = 8;

    /// @dev Where the addresses of stored documents lie.
    uint256 private constant STORED_SLOT = 6;

    bytes32 private constant CHANGED =
        keccak256("Changed(uint64,uint8,bytes32,address,bytes,bytes32)");

    struct Seen {
        bytes32 state;
        bytes32 grants;
    }

    /// @dev A write to any slot but that of a stored document's address is a change, and a change
    /// moves epoch, head and headAt, once: looked at in the slots, so that no variable is forgotten.
    /// forge-config: default.fuzz.runs = 32
    /// forge-config: long.fuzz.runs = 500
    function testFuzz_everyWriteOfASlotMovesTheHead(uint256 seed) public {
        for (uint256 i = 0; i < CALLS; ++i) {
            seed = _next(seed);
            uint64 epoch = policy.epoch();
            bytes32 head = policy.head();
            vm.record();
            bool success = _call(_caller(seed), seed >> 16);
            (, bytes32[] memory writes) = vm.accesses(address(policy));
            bool changed = success && _besideDocuments(writes);
            vm.assertEq(policy.epoch(), changed ? epoch + 1 : epoch);
            vm.assertTrue((policy.head() != head) == changed);
            vm.assertEq(policy.headAt(policy.epoch()), policy.head());
            _later(seed % 10 days);
        }
    }

    /// forge-config: default.fuzz.runs = 32
    /// forge-config: long.fuzz.runs = 500
    function testFuzz_whatIsRefusedChangesNothing(uint256 seed) public {
        for (uint256 i = 0; i < CALLS; ++i) {
            seed = _next(seed);
            bytes32 before = _look().state;
            if (!_call(_caller(seed), seed >> 16)) vm.assertEq(_look().state, before);
            _later(seed % 10 days);
        }
    }

    /// @dev At the time of the call and at any later one, were nothing else to come.
    /// forge-config: default.fuzz.runs = 32
    /// forge-config: long.fuzz.runs = 500
    function testFuzz_theGuardianOnlyEverReduces(uint256 seed) public {
        for (uint256 i = 0; i < CALLS; ++i) {
            seed = _next(seed);
            if (seed & 1 == 0) {
                _call(policy.governor(), seed >> 16);
            } else if (policy.guardian() != policy.governor()) {
                bytes32 grants = _look().grants;
                uint256 served = _served();
                _call(policy.guardian(), seed >> 16);
                vm.assertEq(_served() & ~served, 0, "serves more");
                vm.assertEq(_look().grants, grants, "documents, controllers, roles");
            }
            _later(seed % 10 days);
        }
    }

    /// forge-config: default.fuzz.runs = 32
    /// forge-config: long.fuzz.runs = 500
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

    /// forge-config: default.fuzz.runs = 32
    /// forge-config: long.fuzz.runs = 500
    function testFuzz_nobodyLocksTheGovernorOut(uint256 seed) public {
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
        for (uint256 i = 0; i < NAMES; ++i) {
            policy.publish(_name(i), DOCUMENT);
            policy.withdraw(_name(i));
            policy.clearTombstone(_name(i));
        }
        policy.delegate("a.example", STRANGER, 1);
        policy.setSuccessor(STRANGER);
    }

    /// @dev Two proposals on different names, in either order and interleaved call by call, leave
    /// each name the same, whether the names are strangers, parent and child, or name and wildcard.
    /// forge-config: default.fuzz.runs = 32
    /// forge-config: long.fuzz.runs = 500
    function testFuzz_changesOfTwoNamesDoNotConflict(uint256 seed) public {
        string memory first = _name(seed % NAMES);
        string memory second = _name((seed % NAMES + 1 + (seed >> 8) % (NAMES - 1)) % NAMES);
        uint256 start = vm.snapshotState();
        bytes32 expected;
        for (uint256 order = 0; order < 4; ++order) {
            _interleave(seed, order, first, second);
            bytes32 results = keccak256(abi.encode(_result(first), _result(second)));
            if (order == 0) expected = results;
            vm.assertEq(results, expected);
            vm.revertToState(start);
        }
    }

    /// @dev `order`: all of the first and then of the second; the other way; and two mixtures.
    function _interleave(uint256 seed, uint256 order, string memory first, string memory second)
        private
    {
        uint256 a = 0;
        uint256 b = 0;
        while (a < CHANGES || b < CHANGES) {
            bool firstComes =
                order == 0 || (order > 1 && (_next(seed ^ (order << 128)) >> (a + b)) & 1 == 0);
            if (b == CHANGES || (a < CHANGES && firstComes)) {
                _decide(_next(seed ^ a), first);
                ++a;
            } else {
                _decide(_next(~seed ^ b), second);
                ++b;
            }
        }
    }

    /// @dev What a proposal may do to one name, and what the guardian may.
    function _decide(uint256 seed, string memory name) private {
        uint256 choice = seed % 7;
        address by = choice == 5 ? GUARDIAN : GOVERNOR;
        bytes memory data = abi.encodeCall(policy.publish, (name, abi.encode(seed % 4)));
        if (choice == 2) data = abi.encodeCall(policy.withdraw, (name));
        if (choice == 3) data = abi.encodeCall(policy.clearTombstone, (name));
        if (choice == 4) data = abi.encodeCall(policy.delegate, (name, CONTROLLER, 3));
        if (choice == 5) data = abi.encodeCall(policy.halt, (name, NOW + 1 days));
        if (choice == 6) data = abi.encodeCall(policy.lift, (name));
        vm.prank(by);
        (bool success,) = address(policy).call(data);
        success;
    }

    /// @dev All that stands in a name's slots but the number of its halt, which orders halts of
    /// different names.
    function _result(string memory name) private view returns (DelegatedNames.Entry memory entry) {
        entry = policy.entryOf(name);
        entry.halt.number = 0;
    }

    function _besideDocuments(bytes32[] memory writes) private pure returns (bool) {
        for (uint256 i = 0; i < writes.length; ++i) {
            bool document = false;
            for (uint256 choice = 0; choice < 4; ++choice) {
                bytes32 hash = keccak256(abi.encode(choice));
                document = document || writes[i] == keccak256(abi.encode(hash, STORED_SLOT));
            }
            if (!document) return true;
        }
        return false;
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

    /// @dev A bit for each name and moment at which it would be served.
    function _served() private view returns (uint256 served) {
        uint256[MOMENTS] memory moments =
            [uint256(0), 1 days, 3 days, 7 days, 29 days, 30 days, 36 days, 37 days, 43 days];
        for (uint256 i = 0; i < NAMES; ++i) {
            if (_status(_name(i)) != uint256(DelegatedNames.Status.Published)) continue;
            for (uint256 m = 0; m < MOMENTS; ++m) {
                if (!policy.isHalted(_name(i), block.timestamp + moments[m])) {
                    served |= 1 << (i * MOMENTS + m);
                }
            }
        }
    }

    function _look() private view returns (Seen memory seen) {
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
            grants = abi.encode(
                keccak256(grants),
                entry.documentHash,
                entry.document,
                published,
                tombstone,
                entry.controller,
                entry.namesMax,
                entry.namesUsed,
                entry.delegation
            );
            halts = abi.encode(keccak256(halts), entry.halt);
        }
        (uint64 start, uint64 until, uint64 lifted, uint64 number) = policy.freezing();
        seen.grants = keccak256(grants);
        seen.state =
            keccak256(abi.encode(grants, halts, start, until, lifted, number, policy.namesCount()));
    }
}
