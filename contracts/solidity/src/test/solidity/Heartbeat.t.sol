// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Heartbeat} from "../../main/solidity/Heartbeat.sol";
import {Suite, Vm} from "./Suite.sol";

/// @notice Nonces, seen once and for good.
contract HeartbeatTest is Suite {
    Heartbeat private heartbeat;

    function setUp() public {
        heartbeat = new Heartbeat();
        vm.roll(1000);
    }

    function test_anyoneHasANonceSeenInTheBlockThatHasIt() public {
        vm.recordLogs();
        vm.prank(address(0xd0));
        heartbeat.beat("nonce");
        vm.assertEq(heartbeat.blockOf("nonce"), 1000);
        vm.assertEq(heartbeat.blockOf("another"), 0);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 1);
        vm.assertEq(logs[0].topics[1], bytes32("nonce"));
        vm.assertEq(abi.decode(logs[0].data, (uint256)), 1000);
    }

    function test_theFirstWriteStandsAndSendingAgainHarmsNobody() public {
        heartbeat.beat("nonce");
        vm.roll(2000);
        vm.recordLogs();
        vm.prank(address(0xd0));
        heartbeat.beat("nonce");
        vm.assertEq(heartbeat.blockOf("nonce"), 1000);
        vm.assertEq(vm.getRecordedLogs().length, 0);
    }

    function test_aNonceIsTheFirstWordOfItsSlotAsReadersExpect() public {
        heartbeat.beat("nonce");
        bytes32 slot = keccak256(abi.encode(bytes32("nonce"), 0));
        vm.assertEq(uint256(vm.load(address(heartbeat), slot)), 1000);
    }

    function testFuzz_noNonceTouchesAnother(bytes32 first, bytes32 second, uint64 later) public {
        vm.assume(first != second && later > 1000);
        heartbeat.beat(first);
        vm.roll(later);
        heartbeat.beat(second);
        heartbeat.beat(first);
        vm.assertEq(heartbeat.blockOf(first), 1000);
        vm.assertEq(heartbeat.blockOf(second), later);
    }
}
