// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Governed} from "../../main/solidity/Governed.sol";
import {MeasurementRegistry} from "../../main/solidity/MeasurementRegistry.sol";
import {Suite} from "./Suite.sol";

/// @notice Trust in measurements: given with an end, replaced with grace, taken away for good.
contract MeasurementRegistryTest is Suite {
    address private constant GOVERNOR = address(0xa0);
    address private constant GUARDIAN = address(0xb0);
    bytes32 private constant OLD = keccak256("old");
    bytes32 private constant NEW = keccak256("new");

    MeasurementRegistry private registry;

    function setUp() public {
        vm.warp(NOW);
        registry = new MeasurementRegistry(GOVERNOR, GUARDIAN);
    }

    function test_aMeasurementIsTrustedFromItsBlockToItsEnd() public {
        vm.assertFalse(registry.isTrusted(OLD, NOW));
        _allow(OLD, NOW + 30 days);
        vm.assertFalse(registry.isTrusted(OLD, NOW - 1));
        vm.assertTrue(registry.isTrusted(OLD, NOW));
        vm.assertTrue(registry.isTrusted(OLD, NOW + 30 days - 1));
        vm.assertFalse(registry.isTrusted(OLD, NOW + 30 days));
        vm.assertEq(registry.entryOf(OLD).platform, bytes32("tdx"));
    }

    function test_everyEntryEnds() public {
        uint64 latest = uint64(NOW + 730 days);
        _refuseValidity(0, latest);
        _refuseValidity(NOW, latest);
        _refuseValidity(latest + 1, latest);
        _refuseValidity(type(uint64).max, latest);
        _allow(OLD, latest);
    }

    function test_allowingAgainMovesTheEndButNotTheBeginning() public {
        _allow(OLD, NOW + 30 days);
        vm.warp(NOW + 10 days);
        _allow(OLD, NOW + 20 days);
        vm.assertTrue(registry.isTrusted(OLD, NOW));
        vm.assertFalse(registry.isTrusted(OLD, NOW + 20 days));
    }

    function test_aGapInTrustStaysAGap() public {
        _allow(OLD, NOW + 1 days);
        vm.warp(NOW + 5 days);
        _allow(OLD, NOW + 10 days);
        vm.assertFalse(registry.isTrusted(OLD, NOW + 3 days));
        vm.assertTrue(registry.isTrusted(OLD, NOW + 5 days));
    }

    function test_aSupersededMeasurementIsTrustedForItsGrace() public {
        _allow(OLD, NOW + 100 days);
        _allow(NEW, NOW + 100 days);
        vm.prank(GOVERNOR);
        registry.supersede(OLD, NEW, 10 days);
        vm.assertTrue(registry.isTrusted(OLD, NOW + 10 days - 1));
        vm.assertFalse(registry.isTrusted(OLD, NOW + 10 days));
        vm.assertEq(registry.entryOf(OLD).supersededBy, NEW);
    }

    function test_graceNeverProlongs() public {
        _allow(OLD, NOW + 5 days);
        _allow(NEW, NOW + 100 days);
        vm.prank(GOVERNOR);
        registry.supersede(OLD, NEW, 10 days);
        vm.assertFalse(registry.isTrusted(OLD, NOW + 5 days));
    }

    function test_onlyTheTrustedIsSupersededAndOnlyByTheTrusted() public {
        _allow(OLD, NOW + 100 days);
        vm.startPrank(GOVERNOR);
        vm.expectRevert(abi.encodeWithSelector(MeasurementRegistry.NotTrusted.selector, NEW));
        registry.supersede(OLD, NEW, 1 days);
        vm.expectRevert(abi.encodeWithSelector(MeasurementRegistry.NotTrusted.selector, NEW));
        registry.supersede(NEW, OLD, 1 days);
        vm.expectRevert(abi.encodeWithSelector(MeasurementRegistry.SupersedesItself.selector, OLD));
        registry.supersede(OLD, OLD, 1 days);
        vm.expectRevert(
            abi.encodeWithSelector(
                MeasurementRegistry.GraceOutOfRange.selector, uint64(90 days + 1)
            )
        );
        registry.supersede(OLD, NEW, 90 days + 1);
    }

    function test_whatIsRevokedIsTrustedAtNoTimeAndNeverAgain() public {
        _allow(OLD, NOW + 100 days);
        vm.warp(NOW + 1);
        vm.prank(GUARDIAN);
        registry.revoke(OLD);
        vm.assertFalse(registry.isTrusted(OLD, NOW));
        bytes memory revoked =
            abi.encodeWithSelector(MeasurementRegistry.Revoked.selector, OLD, uint64(NOW + 1));
        vm.expectRevert(revoked);
        _allow(OLD, NOW + 100 days);
        vm.expectRevert(revoked);
        vm.prank(GOVERNOR);
        registry.revoke(OLD);
    }

    function test_theUnknownIsRevokedToo() public {
        vm.prank(GOVERNOR);
        registry.revoke(OLD);
        vm.expectRevert(
            abi.encodeWithSelector(MeasurementRegistry.Revoked.selector, OLD, uint64(NOW))
        );
        _allow(OLD, NOW + 1 days);
    }

    function test_theGuardianMayOnlyRevokeAndOnlyInHisTerm() public {
        bytes memory refused = abi.encodeWithSelector(Governed.NotGovernor.selector, GUARDIAN);
        vm.startPrank(GUARDIAN);
        vm.expectRevert(refused);
        registry.allow(OLD, "tdx", NOW + 1);
        vm.expectRevert(refused);
        registry.supersede(OLD, NEW, 1);
        vm.warp(NOW + 180 days);
        vm.expectRevert(
            abi.encodeWithSelector(Governed.GuardianTermEnded.selector, uint64(NOW + 180 days))
        );
        registry.revoke(OLD);
    }

    function test_aStrangerRevokesNothing() public {
        vm.expectRevert(abi.encodeWithSelector(Governed.NotGuardian.selector, address(0xd0)));
        vm.prank(address(0xd0));
        registry.revoke(OLD);
    }

    function test_aMeasurementKeepsItsPlatform() public {
        _allow(OLD, NOW + 1 days);
        vm.expectRevert(
            abi.encodeWithSelector(MeasurementRegistry.OtherPlatform.selector, OLD, bytes32("tdx"))
        );
        vm.prank(GOVERNOR);
        registry.allow(OLD, "sgx", NOW + 1 days);
    }

    function test_aPlatformHasAName() public {
        string[4] memory wrong = ["", "TDX", "t dx", "x23456789012345678901234567890123"];
        for (uint256 i = 0; i < wrong.length; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(MeasurementRegistry.MalformedPlatform.selector, wrong[i])
            );
            vm.prank(GOVERNOR);
            registry.allow(OLD, wrong[i], NOW + 1 days);
        }
    }

    function testFuzz_noEntryIsTrustedBeyondTwoYears(uint64 validUntil, uint64 at) public {
        vm.prank(GOVERNOR);
        try registry.allow(OLD, "tdx", validUntil) {} catch {}
        if (registry.isTrusted(OLD, at)) vm.assertTrue(at < NOW + 730 days && at >= NOW);
    }

    function _allow(bytes32 measurement, uint64 validUntil) private {
        vm.prank(GOVERNOR);
        registry.allow(measurement, "tdx", validUntil);
    }

    function _refuseValidity(uint64 validUntil, uint64 latest) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                MeasurementRegistry.ValidityOutOfRange.selector, validUntil, latest
            )
        );
        _allow(OLD, validUntil);
    }
}
