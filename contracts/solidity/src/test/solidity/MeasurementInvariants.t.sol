// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {MeasurementRegistry} from "../../main/solidity/MeasurementRegistry.sol";
import {FuzzSelector, Suite} from "./Suite.sol";

/// @notice Allows, supersedes and revokes at random, by everybody, and remembers what was promised.
contract MeasurementHandler is Suite {
    uint256 public constant MEASUREMENTS = 6;
    address private constant GOVERNOR = address(0xa0);
    address private constant GUARDIAN = address(0xb0);
    address private constant STRANGER = address(0xd0);

    MeasurementRegistry public immutable registry;

    /// @notice Whether a measurement was ever revoked.
    mapping(bytes32 => bool) public revoked;

    /// @notice The last moment that the newest allow or supersede promised.
    mapping(bytes32 => uint256) public latest;

    /// @notice What somebody did who may not, and what a call widened that may only reduce.
    uint256 public trespasses;

    constructor() {
        vm.warp(NOW);
        registry = new MeasurementRegistry(GOVERNOR, GUARDIAN);
    }

    function measurement(uint256 i) public pure returns (bytes32) {
        return keccak256(abi.encode(i % MEASUREMENTS));
    }

    function allow(uint256 seed) external {
        vm.warp(block.timestamp + seed % 20 days);
        bytes32 which = measurement(seed >> 8);
        uint256 until = block.timestamp + (seed >> 32) % 800 days;
        address by = _by(seed >> 16);
        vm.prank(by);
        try registry.allow(which, "tdx", uint64(until)) {
            latest[which] = until;
            if (by != GOVERNOR || revoked[which]) ++trespasses;
        } catch {}
    }

    function supersede(uint256 seed) external {
        vm.warp(block.timestamp + seed % 20 days);
        bytes32 older = measurement(seed >> 8);
        uint256 end = registry.entryOf(older).validUntil;
        uint256 grace = (seed >> 32) % 100 days;
        address by = _by(seed >> 16);
        vm.prank(by);
        try registry.supersede(older, measurement(seed >> 64), uint64(grace)) {
            uint256 graceEnd = block.timestamp + grace;
            latest[older] = graceEnd < end ? graceEnd : end;
            if (by != GOVERNOR || grace > 90 days) ++trespasses;
        } catch {}
    }

    function revoke(uint256 seed) external {
        vm.warp(block.timestamp + seed % 20 days);
        bytes32 which = measurement(seed >> 8);
        address by = _by(seed >> 16);
        vm.prank(by);
        try registry.revoke(which) {
            revoked[which] = true;
            if (by == STRANGER) ++trespasses;
            if (by == GUARDIAN && block.timestamp >= NOW + 180 days) ++trespasses;
        } catch {}
    }

    function _by(uint256 seed) private pure returns (address) {
        address[5] memory callers = [GOVERNOR, GOVERNOR, GOVERNOR, GUARDIAN, STRANGER];
        return callers[seed % 5];
    }
}

/// @notice What is true of every measurement after every call.
contract MeasurementInvariantsTest is Suite {
    MeasurementHandler private handler;
    MeasurementRegistry private registry;

    function setUp() public {
        handler = new MeasurementHandler();
        registry = handler.registry();
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](3);
        selectors[0] = handler.allow.selector;
        selectors[1] = handler.supersede.selector;
        selectors[2] = handler.revoke.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev One campaign for all of them: each would live the same lives again.
    function invariant_allHoldAfterEveryCall() external view {
        _nobodyDidWhatHeMayNot();
        _everyEntryEndsWithinTwoYears();
        _whatIsRevokedIsTrustedAtNoTime();
        _trustEndsWhenItWasPromisedTo();
    }

    function _nobodyDidWhatHeMayNot() private view {
        vm.assertEq(handler.trespasses(), 0);
    }

    function _everyEntryEndsWithinTwoYears() private view {
        for (uint256 i = 0; i < handler.MEASUREMENTS(); ++i) {
            bytes32 which = handler.measurement(i);
            vm.assertLe(registry.entryOf(which).validUntil, block.timestamp + 730 days);
            vm.assertFalse(registry.isTrusted(which, block.timestamp + 730 days));
        }
    }

    function _whatIsRevokedIsTrustedAtNoTime() private view {
        for (uint256 i = 0; i < handler.MEASUREMENTS(); ++i) {
            bytes32 which = handler.measurement(i);
            if (!handler.revoked(which)) continue;
            vm.assertFalse(registry.isTrusted(which, block.timestamp));
            vm.assertFalse(registry.isTrusted(which, registry.entryOf(which).allowedAt));
            vm.assertFalse(registry.isTrusted(which, block.timestamp + 100 days));
        }
    }

    function _trustEndsWhenItWasPromisedTo() private view {
        for (uint256 i = 0; i < handler.MEASUREMENTS(); ++i) {
            bytes32 which = handler.measurement(i);
            uint256 end = handler.latest(which);
            vm.assertFalse(registry.isTrusted(which, end));
            bool lives = end > block.timestamp && !handler.revoked(which);
            vm.assertTrue(registry.isTrusted(which, block.timestamp) == lives);
        }
    }
}
