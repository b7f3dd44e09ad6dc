// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DcapOutput} from "../../main/solidity/DcapOutput.sol";
import {DcapVerifierAdapter} from "../../main/solidity/DcapVerifierAdapter.sol";
import {IDcapVerifier} from "../../main/solidity/IDcapVerifier.sol";
import {Registrations} from "../../main/solidity/Registration.sol";
import {RegistrySuite} from "./RegistrySuite.sol";

/// @notice A DCAP verifier that does as told: the quote is the raw answer itself, or a trick.
contract ScriptedDcap {
    bytes4 private constant REVERT = "rvrt";
    bytes4 private constant BURN = "burn";

    fallback(bytes calldata call) external payable returns (bytes memory) {
        bytes memory quote = abi.decode(call[4:], (bytes));
        if (bytes4(quote) == REVERT) revert("no");
        if (bytes4(quote) == BURN) {
            assembly {
                invalid()
            }
        }
        return quote;
    }
}

/// @notice Evidence of SGX and TDX: every check that a DCAP verifier leaves to its caller.
contract DcapVerifierAdapterTest is RegistrySuite {
    bytes32 private constant CONFIG = keccak256("bootstrap file");
    uint16 private constant UP_TO_DATE = 1 << 0;
    uint16 private constant HARDENING = 1 << 1;

    /// @dev Where a TD's body has what, and an enclave's.
    uint256 private constant BODY = 11;
    uint256 private constant TD_ATTRIBUTES = BODY + 120;
    uint256 private constant TD_REPORT_DATA = BODY + 520;
    uint256 private constant TD_SERVICE = BODY + 600;
    uint256 private constant SGX_ATTRIBUTES = BODY + 48;

    DcapVerifierAdapter private adapter;
    Claim private template;

    function setUp() public override {
        super.setUp();
        IDcapVerifier scripted = IDcapVerifier(address(new ScriptedDcap()));
        adapter = new DcapVerifierAdapter(scripted, UP_TO_DATE | HARDENING);
        template = _claim(ENCLAVE, 0);
    }

    function test_aTdVouchesForItsClaimThroughTheRegistry() public {
        vm.prank(GOVERNOR);
        enclaves.setVerifier("tdx", adapter);
        vm.warp(NOW + 24 hours);
        template.notAfter = NOW + 30 days;
        (Claim memory claim, bytes memory output) = _td(2, 584);
        vm.prank(GOVERNOR);
        measurements.allow(claim.measurement, "tdx", NOW + 30 days);
        _register(ENCLAVE, claim, _evidence(output));
        vm.assertTrue(enclaves.isActive(keys.addr(ENCLAVE), block.timestamp));
    }

    function test_aTdOfBothVersionsAndAnEnclaveVouch() public {
        (Claim memory claim, bytes memory output) = _td(2, 584);
        _accept(claim, output);
        (claim, output) = _td(3, 648);
        _accept(claim, output);
        (claim, output) = _enclave();
        _accept(claim, output);
    }

    function test_advisoriesBehindTheBodyChangeNothing() public {
        (Claim memory claim, bytes memory output) = _td(2, 584);
        string[] memory advisories = new string[](1);
        advisories[0] = "INTEL-SA-00001";
        _accept(claim, bytes.concat(output, abi.encode(advisories)));
    }

    function test_theRegistersAreInTheOrderOfTheMeasurement() public view {
        (Claim memory claim, bytes memory output) = _enclave();
        bytes memory registers = bytes.concat(
            _part(output, BODY + 64, 32),
            _part(output, BODY + 128, 32),
            _part(output, BODY + 256, 2),
            _part(output, BODY + 258, 2),
            _part(output, SGX_ATTRIBUTES, 16)
        );
        vm.assertEq(claim.measurement, _measurement("sgx", registers, CONFIG));
        vm.assertEq(registers.length, 84);
    }

    function test_aNoOfTheVerifierIsANo() public {
        (Claim memory claim, bytes memory output) = _td(2, 584);
        _refuse(
            claim,
            abi.encode(false, output),
            abi.encodeWithSelector(DcapVerifierAdapter.QuoteRefused.selector)
        );
        _refuse(
            claim,
            abi.encode(false, bytes("TCB revoked")),
            abi.encodeWithSelector(DcapVerifierAdapter.QuoteRefused.selector)
        );
    }

    function test_garbageRevertsAndBurntGasAreNoYes() public {
        (Claim memory claim, bytes memory output) = _td(2, 584);
        bytes[8] memory answers = [
            bytes(""),
            hex"01",
            abi.encode(true),
            abi.encode(2, 64, 0),
            abi.encode(true, type(uint256).max),
            abi.encodePacked(abi.encode(true, 64, 595), _cut(output, 100)),
            bytes("rvrt"),
            bytes("burn")
        ];
        for (uint256 i = 0; i < answers.length; ++i) {
            bytes memory call =
                abi.encodeCall(adapter.verify, (abi.encode(answers[i], CONFIG), abi.encode(claim)));
            (bool success,) = address(adapter).call{gas: 1_000_000}(call);
            vm.assertFalse(success);
        }
    }

    function test_outputsOfAnotherLengthOrPackingAreRefused() public {
        (Claim memory claim, bytes memory output) = _td(2, 584);
        _refuseOutput(claim, "", _malformed(0));
        _refuseOutput(claim, _cut(output, 10), _malformed(10));
        _refuseOutput(claim, _cut(output, 594), _malformed(594));
        _refuseOutput(claim, bytes.concat(output, hex"00"), _malformed(596));
        uint16[4] memory kinds = [0, 4, 0x8100, 0xffff];
        for (uint256 i = 0; i < kinds.length; ++i) {
            _put(output, 2, abi.encodePacked(kinds[i]));
            _refuseOutput(claim, output, _malformed(595));
        }
        _put(output, 2, abi.encodePacked(uint16(3)));
        _refuseOutput(claim, output, _malformed(595));
        _put(output, 2, abi.encodePacked(uint16(1)));
        _refuseOutput(claim, output, _malformed(595));
    }

    function test_whatRunsUnderDebugIsRefused() public {
        bytes memory debug = abi.encodeWithSelector(DcapOutput.UnderDebug.selector);
        for (uint256 bit = 0; bit < 8; ++bit) {
            (Claim memory td, bytes memory output) = _td(2, 584);
            output[TD_ATTRIBUTES] |= bytes1(uint8(1 << bit));
            _bind(td, output, "tdx", _tdRegisters(output), TD_REPORT_DATA);
            _refuseOutput(td, output, debug);
        }
        (Claim memory enclave, bytes memory report) = _enclave();
        report[SGX_ATTRIBUTES] |= 0x02;
        _bind(enclave, report, "sgx", _sgxRegisters(report), BODY + 320);
        _refuseOutput(enclave, report, debug);
    }

    function test_aTdWithAServiceTdIsRefused() public {
        (Claim memory claim, bytes memory output) = _td(3, 648);
        output[TD_SERVICE + 47] = 0x01;
        _refuseOutput(claim, output, abi.encodeWithSelector(DcapOutput.ServiceTdBound.selector));
    }

    function test_aTdThatCanBeMovedIsRefusedWithABodyOfTd10() public {
        _refuseMigratable(2, 584);
    }

    function test_aTdThatCanBeMovedIsRefusedWithABodyOfTd15() public {
        _refuseMigratable(3, 648);
    }

    /// @dev The same byte of an enclave's body is in no field that is read.
    function test_anEnclaveHasNoSuchBit() public {
        (Claim memory claim, bytes memory output) = _enclave();
        output[TD_ATTRIBUTES + 3] |= 0x20;
        _bind(claim, output, "sgx", _sgxRegisters(output), BODY + 320);
        _accept(claim, output);
    }

    function test_onlyTheNamedStatesOfTheTcbAreAccepted() public {
        (Claim memory claim, bytes memory output) = _td(2, 584);
        for (uint256 state = 0; state < 256; ++state) {
            output[4] = bytes1(uint8(state));
            if (state < 2) {
                _accept(claim, output);
            } else {
                _refuseOutput(
                    claim,
                    output,
                    abi.encodeWithSelector(
                        DcapVerifierAdapter.TcbNotAccepted.selector, uint8(state)
                    )
                );
            }
        }
    }

    function test_acceptedStatesHaveNoDefaultAndRevokedIsNone() public {
        IDcapVerifier dcap = adapter.dcapVerifier();
        uint16[5] memory wrong = [uint16(0), 1 << 6, 1 | (1 << 7), 1 << 10, type(uint16).max];
        for (uint256 i = 0; i < wrong.length; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(DcapVerifierAdapter.UnacceptableTcb.selector, wrong[i])
            );
            new DcapVerifierAdapter(dcap, wrong[i]);
        }
        vm.expectRevert(abi.encodeWithSelector(DcapVerifierAdapter.DcapVerifierRequired.selector));
        new DcapVerifierAdapter(IDcapVerifier(address(0)), 1);
    }

    function test_aReportAboutAnotherClaimIsRefused() public {
        bytes memory other = abi.encodeWithSelector(DcapVerifierAdapter.OtherReportData.selector);
        (Claim memory claim, bytes memory output) = _td(2, 584);
        claim.nonce = keccak256("another nonce");
        _refuseOutput(claim, output, other);
        (claim, output) = _td(2, 584);
        uint256[4] memory places = [uint256(0), 31, 32, 63];
        for (uint256 i = 0; i < places.length; ++i) {
            output[TD_REPORT_DATA + places[i]] ^= 0x01;
            _refuseOutput(claim, output, other);
            output[TD_REPORT_DATA + places[i]] ^= 0x01;
        }
        bytes memory bare = abi.encode(claim);
        _put(output, TD_REPORT_DATA, abi.encode(sha256(bare), keccak256(bare)));
        _refuseOutput(claim, output, other);
    }

    function test_anotherBootstrapFileIsAnotherMeasurement() public {
        (Claim memory claim, bytes memory output) = _td(2, 584);
        bytes32 otherConfig = keccak256("operator's own file");
        bytes32 found = _measurement("tdx", _tdRegisters(output), otherConfig);
        bytes memory evidence = abi.encode(abi.encode(true, output), otherConfig);
        vm.expectRevert(
            abi.encodeWithSelector(DcapVerifierAdapter.OtherMeasurement.selector, found)
        );
        adapter.verify(evidence, abi.encode(claim));
    }

    function test_aClaimOfAnotherMeasurementIsRefused() public {
        (Claim memory claim, bytes memory output) = _td(2, 584);
        bytes32 found = claim.measurement;
        claim.measurement = MEASURED;
        _put(output, TD_REPORT_DATA, _reportData(claim));
        _refuseOutput(
            claim,
            output,
            abi.encodeWithSelector(DcapVerifierAdapter.OtherMeasurement.selector, found)
        );
    }

    function test_hardwareThatNobodyCheckedIsNotNamed() public {
        template.instance = keccak256("ppid");
        (Claim memory claim, bytes memory output) = _td(2, 584);
        _refuseOutput(
            claim,
            output,
            abi.encodeWithSelector(
                DcapVerifierAdapter.InstanceNotChecked.selector, template.instance
            )
        );
    }

    function test_aReportThatBindsNoClaimOfOursIsRefused() public {
        (, bytes memory output) = _td(2, 584);
        bytes memory p = abi.encodePacked("attestgate/evidence/v1", hex"00", "any bytes");
        _put(output, TD_REPORT_DATA, abi.encode(sha256(p), keccak256(p)));
        vm.expectRevert(abi.encodeWithSelector(Registrations.MalformedClaim.selector));
        adapter.verify(_evidence(output), "any bytes");
    }

    function test_anAddressWithoutCodeChecksNothing() public {
        adapter = new DcapVerifierAdapter(IDcapVerifier(STRANGER), 1);
        (Claim memory claim, bytes memory output) = _td(2, 584);
        vm.expectRevert("");
        adapter.verify(_evidence(output), abi.encode(claim));
    }

    function test_everyDeploymentHasOneCode() public {
        DcapVerifierAdapter other = new DcapVerifierAdapter(IDcapVerifier(STRANGER), 1);
        vm.assertEq(address(other).codehash, address(adapter).codehash);
    }

    function testFuzz_aChangedRegisterIsAnotherMeasurement(uint256 place, uint8 bit) public {
        (Claim memory claim, bytes memory output) = _td(2, 584);
        uint256[2][4] memory measured =
            [[uint256(121), 15], [uint256(136), 96], [uint256(328), 96], [uint256(424), 96]];
        uint256[2] memory range = measured[place % 4];
        uint256 changed = BODY + range[0] + (place >> 8) % range[1];
        vm.assume(changed != TD_ATTRIBUTES + 3 || bit % 8 != 5);
        output[changed] ^= bytes1(uint8(1 << (bit % 8)));
        vm.expectPartialRevert(DcapVerifierAdapter.OtherMeasurement.selector);
        adapter.verify(_evidence(output), abi.encode(claim));
    }

    function testFuzz_anyOutputVouchesForNothing(bytes calldata output) public {
        (Claim memory claim,) = _td(2, 584);
        bytes memory call = abi.encodeCall(adapter.verify, (_evidence(output), abi.encode(claim)));
        (bool success,) = address(adapter).call(call);
        vm.assertFalse(success);
    }

    function _td(uint16 kind, uint256 length)
        private
        view
        returns (Claim memory claim, bytes memory output)
    {
        output = _filled(kind, length);
        output[TD_ATTRIBUTES] = 0;
        output[TD_ATTRIBUTES + 3] &= 0xdf;
        if (kind == 3) _put(output, TD_SERVICE, new bytes(48));
        claim = template;
        _bind(claim, output, "tdx", _tdRegisters(output), TD_REPORT_DATA);
    }

    function _enclave() private view returns (Claim memory claim, bytes memory output) {
        output = _filled(1, 384);
        output[SGX_ATTRIBUTES] = 0x05;
        claim = template;
        _bind(claim, output, "sgx", _sgxRegisters(output), BODY + 320);
    }

    /// @dev The claim names the measurement, and the report's data the claim.
    function _bind(
        Claim memory claim,
        bytes memory output,
        string memory platform,
        bytes memory registers,
        uint256 dataAt
    ) private pure {
        claim.measurement = _measurement(platform, registers, CONFIG);
        _put(output, dataAt, _reportData(claim));
    }

    function _reportData(Claim memory claim) private pure returns (bytes memory) {
        bytes memory p = abi.encodePacked("attestgate/evidence/v1", hex"00", abi.encode(claim));
        return abi.encode(sha256(p), keccak256(p));
    }

    function _measurement(string memory platform, bytes memory registers, bytes32 config)
        private
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode("attestgate/measurement/v1", platform, registers, config));
    }

    function _tdRegisters(bytes memory output) private pure returns (bytes memory registers) {
        registers = _part(output, BODY + 136, 48);
        for (uint256 i = 0; i < 4; ++i) {
            registers = bytes.concat(registers, _part(output, BODY + 328 + 48 * i, 48));
        }
        return bytes.concat(
            registers,
            _part(output, BODY + 184, 48),
            _part(output, BODY + 128, 8),
            _part(output, TD_ATTRIBUTES, 8)
        );
    }

    function _sgxRegisters(bytes memory output) private pure returns (bytes memory) {
        return bytes.concat(
            _part(output, BODY + 64, 32),
            _part(output, BODY + 128, 32),
            _part(output, BODY + 256, 4),
            _part(output, SGX_ATTRIBUTES, 16)
        );
    }

    /// @dev A good answer whose body has another byte at every place.
    function _filled(uint16 kind, uint256 length) private pure returns (bytes memory output) {
        output = abi.encodePacked(uint16(4), kind, uint8(0), bytes6("fmspc."), new bytes(length));
        for (uint256 i = BODY; i < output.length; ++i) {
            output[i] = bytes1(uint8(i * 7));
        }
    }

    function _evidence(bytes memory output) private pure returns (bytes memory) {
        return abi.encode(abi.encode(true, output), CONFIG);
    }

    function _accept(Claim memory claim, bytes memory output) private {
        bytes4 answer = adapter.verify(_evidence(output), abi.encode(claim));
        vm.assertTrue(answer == adapter.verify.selector);
    }

    function _refuseOutput(Claim memory claim, bytes memory output, bytes memory reason) private {
        _refuse(claim, abi.encode(true, output), reason);
    }

    function _refuse(Claim memory claim, bytes memory answer, bytes memory reason) private {
        vm.expectRevert(reason);
        adapter.verify(abi.encode(answer, CONFIG), abi.encode(claim));
    }

    /// @dev Bound to its claim in every other way.
    function _refuseMigratable(uint16 kind, uint256 length) private {
        (Claim memory claim, bytes memory output) = _td(kind, length);
        output[TD_ATTRIBUTES + 3] |= 0x20;
        _bind(claim, output, "tdx", _tdRegisters(output), TD_REPORT_DATA);
        _refuseOutput(claim, output, abi.encodeWithSelector(DcapOutput.Migratable.selector));
    }

    function _malformed(uint256 length) private pure returns (bytes memory) {
        return abi.encodeWithSelector(DcapOutput.MalformedOutput.selector, length);
    }

    function _put(bytes memory whole, uint256 at, bytes memory part) private pure {
        for (uint256 i = 0; i < part.length; ++i) {
            whole[at + i] = part[i];
        }
    }

    function _part(bytes memory whole, uint256 at, uint256 length)
        private
        pure
        returns (bytes memory part)
    {
        part = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            part[i] = whole[at + i];
        }
    }
}
