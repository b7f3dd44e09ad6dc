// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {GatewayPolicy} from "../../main/solidity/GatewayPolicy.sol";
import {Suite} from "./Suite.sol";

/// @notice A GatewayPolicy with a governor, a guardian, a controller and a stranger around it.
abstract contract PolicySuite is Suite {
    address internal constant GOVERNOR = address(0xa0);
    address internal constant GUARDIAN = address(0xb0);
    address internal constant CONTROLLER = address(0xc0);
    address internal constant STRANGER = address(0xd0);
    bytes internal constant DOCUMENT = '{"domain":"a.example"}';

    GatewayPolicy internal policy;

    function setUp() public virtual {
        vm.warp(NOW);
        policy = _newPolicy(GOVERNOR, GUARDIAN);
    }

    /// @dev With roles and nothing else.
    function _newPolicy(address governor, address guardian) internal returns (GatewayPolicy) {
        return new GatewayPolicy(governor, guardian, address(0), address(0), address(0));
    }

    function _publish(address by, string memory name) internal {
        vm.prank(by);
        policy.publish(name, DOCUMENT);
    }

    function _withdraw(address by, string memory name) internal {
        vm.prank(by);
        policy.withdraw(name);
    }

    function _delegate(string memory name, address controller, uint32 namesMax) internal {
        vm.prank(GOVERNOR);
        policy.delegate(name, controller, namesMax);
    }

    function _freeze(uint256 duration) internal {
        vm.prank(GUARDIAN);
        policy.freeze(uint64(block.timestamp + duration));
    }

    function _halt(string memory name, uint256 duration) internal {
        vm.prank(GUARDIAN);
        policy.halt(name, uint64(block.timestamp + duration));
    }

    function _later(uint256 duration) internal {
        vm.warp(block.timestamp + duration);
    }

    function _halted(string memory name) internal view returns (bool) {
        return policy.isHalted(name, block.timestamp);
    }

    function _status(string memory name) internal view returns (uint256) {
        return uint256(policy.entryOf(name).status);
    }
}
