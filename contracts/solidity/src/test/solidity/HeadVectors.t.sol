// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {GatewayPolicy} from "../../main/solidity/GatewayPolicy.sol";
import {Op} from "../../main/solidity/Op.sol";
import {Suite, Vm} from "./Suite.sol";

/// @notice Lives the life of the vector file and arrives at its heads, one by one.
contract HeadVectorsTest is Suite {
    string private constant FILE = "src/main/resources/io/attestgate/contracts/head-vectors.json";

    /// @notice Changes 1 to 3 are the constructor's.
    uint256 private constant CONSTRUCTED = 3;

    string private json;
    GatewayPolicy private policy;

    function test_everyChangeArrivesAtTheHeadOfItsVector() public {
        json = vm.readFile(FILE);
        policy = GatewayPolicy(vm.parseJsonAddress(json, ".contract"));
        vm.assertEq(block.chainid, vm.parseJsonUint(json, ".chainId"));
        vm.recordLogs();
        _construct();
        uint256 n = CONSTRUCTED;
        while (vm.keyExistsJson(json, _key(n + 1, ""))) {
            ++n;
            vm.warp(_uint(n, ".at"));
            vm.prank(_address(n, ".actor"));
            _call(n, Op(_uint(n, ".op")));
            vm.assertEq(policy.epoch(), n, "epoch");
            vm.assertEq(policy.head(), _bytes32(n, ".head"), "head");
        }
        vm.assertTrue(n > uint256(type(Op).max), "every op has a vector");
        for (uint64 i = 1; i <= n; ++i) {
            vm.assertEq(policy.headAt(i), _bytes32(i, ".head"), "headAt");
        }
        _requireLogs(n);
    }

    /// @dev Runs the constructor at the address of the vectors.
    function _construct() private {
        bytes memory init = abi.encodePacked(
            type(GatewayPolicy).creationCode,
            abi.encode(_account(1, 0), _account(2, 0), _account(3, 0), address(0), address(0))
        );
        vm.warp(_uint(1, ".at"));
        vm.etch(address(policy), init);
        vm.prank(_address(1, ".actor"));
        (bool constructed, bytes memory code) = address(policy).call("");
        vm.assertTrue(constructed);
        vm.etch(address(policy), code);
        vm.assertEq(policy.epoch(), CONSTRUCTED);
    }

    function _call(uint256 n, Op op) private {
        if (op == Op.Publish) policy.publish(_name(n), bytes(_string(n, ".document")));
        else if (op == Op.Withdraw) policy.withdraw(_name(n));
        else if (op == Op.ClearTombstone) policy.clearTombstone(_name(n));
        else if (op == Op.Delegate) policy.delegate(_name(n), _account(n, 0), uint32(_number(n, 1)));
        else if (op == Op.Freeze) policy.freeze(uint64(_number(n, 1)));
        else if (op == Op.LiftFreeze) policy.liftFreeze();
        else if (op == Op.Halt) policy.halt(_name(n), uint64(_number(n, 1)));
        else if (op == Op.LiftHalt) policy.lift(_name(n));
        else if (op == Op.ProposeGovernor) policy.proposeGovernor(_account(n, 0));
        else if (op == Op.AcceptGovernor) policy.acceptGovernor();
        else if (op == Op.SetGuardian) policy.setGuardian(_account(n, 0));
        else if (op == Op.RenewGuardian) policy.renewGuardian();
        else if (op == Op.SetMeasurementRegistry) policy.setMeasurementRegistry(_account(n, 0));
        else if (op == Op.SetEnclaveRegistry) policy.setEnclaveRegistry(_account(n, 0));
        else if (op == Op.SetHeartbeat) policy.setHeartbeat(_account(n, 0));
        else policy.setSuccessor(_account(n, 0));
    }

    /// @dev The change log says of every change what its vector says.
    function _requireLogs(uint256 total) private {
        bytes32 changed = keccak256("Changed(uint64,uint8,bytes32,address,bytes,bytes32)");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 n = 0;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != changed) continue;
            ++n;
            (address actor, bytes memory value, bytes32 head) =
                abi.decode(logs[i].data, (address, bytes, bytes32));
            vm.assertEq(uint256(logs[i].topics[1]), n);
            vm.assertEq(uint256(logs[i].topics[2]), _uint(n, ".op"));
            vm.assertEq(logs[i].topics[3], _bytes32(n, ".nameHash"));
            vm.assertEq(actor, _address(n, ".actor"));
            vm.assertEq(value, vm.parseJsonBytes(json, _key(n, ".value")));
            vm.assertEq(keccak256(value), _bytes32(n, ".valueHash"));
            vm.assertEq(head, _bytes32(n, ".head"));
        }
        vm.assertEq(n, total);
    }

    function _key(uint256 n, string memory member) private pure returns (string memory) {
        return string.concat(".changes[", vm.toString(n - 1), "]", member);
    }

    function _name(uint256 n) private view returns (string memory) {
        return _string(n, ".name");
    }

    function _account(uint256 n, uint256 value) private view returns (address) {
        return _address(n, string.concat(".values[", vm.toString(value), "]"));
    }

    function _number(uint256 n, uint256 value) private view returns (uint256) {
        return _uint(n, string.concat(".values[", vm.toString(value), "]"));
    }

    function _string(uint256 n, string memory member) private view returns (string memory) {
        return vm.parseJsonString(json, _key(n, member));
    }

    function _address(uint256 n, string memory member) private view returns (address) {
        return vm.parseJsonAddress(json, _key(n, member));
    }

    function _uint(uint256 n, string memory member) private view returns (uint256) {
        return vm.parseJsonUint(json, _key(n, member));
    }

    function _bytes32(uint256 n, string memory member) private view returns (bytes32) {
        return vm.parseJsonBytes32(json, _key(n, member));
    }
}
