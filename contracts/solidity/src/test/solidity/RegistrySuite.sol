// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {AttesterVerifier} from "../../main/solidity/AttesterVerifier.sol";
import {EnclaveRegistry} from "../../main/solidity/EnclaveRegistry.sol";
import {Grounds, IEvidenceVerifier} from "../../main/solidity/IEvidenceVerifier.sol";
import {MeasurementRegistry} from "../../main/solidity/MeasurementRegistry.sol";
import {Suite} from "./Suite.sol";

/// @notice The cheat codes that keys and blocks need beside those of every suite.
interface KeyVm {
    function addr(uint256 key) external pure returns (address);
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function signP256(uint256 key, bytes32 digest) external pure returns (bytes32 r, bytes32 s);
    function publicKeyP256(uint256 key) external pure returns (uint256 x, uint256 y);
    function roll(uint256 number) external;
    function setBlockhash(uint256 number, bytes32 hash) external;
    function chainId(uint256 id) external;
    function expectEmit(address emitter) external;
}

/// @notice Says yes to everything: what the registry checks by itself is all that stands.
contract Credulous is IEvidenceVerifier {
    function grounds() external pure returns (Grounds) {
        return Grounds.Hardware;
    }

    function verify(bytes calldata, bytes calldata) external pure returns (bytes4) {
        return IEvidenceVerifier.verify.selector;
    }
}

/// @notice An EnclaveRegistry over a MeasurementRegistry: hardware for "tdx", two of three attesters for
/// "nitro".
abstract contract RegistrySuite is Suite {
    struct Claim {
        bytes32 kind;
        uint256 chainId;
        address registry;
        address signer;
        bytes32 measurement;
        bytes32 instance;
        uint64 number;
        bytes32 blockHash;
        uint64 notAfter;
        bytes32 nonce;
    }

    KeyVm internal constant keys = KeyVm(address(uint160(uint256(keccak256("hevm cheat code")))));

    address internal constant GOVERNOR = address(0xa0);
    address internal constant GUARDIAN = address(0xb0);
    address internal constant STRANGER = address(0xd0);
    bytes32 internal constant MEASURED = keccak256("measured");
    bytes32 internal constant VOUCHED = keccak256("vouched");
    uint64 internal constant BLOCK = 20_000;
    bytes32 internal constant HASH = keccak256("block 19,999");
    uint256 internal constant ENCLAVE = 0xe0;
    uint256 internal constant NEXT = 0xe1;
    uint256 internal constant ORDER =
        0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    bytes32 private constant DOMAIN_TYPE = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    MeasurementRegistry internal measurements;
    EnclaveRegistry internal enclaves;
    AttesterVerifier internal attesters;

    function setUp() public virtual {
        vm.warp(NOW - 1 days);
        measurements = new MeasurementRegistry(GOVERNOR, GUARDIAN);
        enclaves = new EnclaveRegistry(GOVERNOR, GUARDIAN, measurements);
        attesters = new AttesterVerifier(GOVERNOR, GUARDIAN, 2, _ids(_three()));
        vm.startPrank(GOVERNOR);
        measurements.allow(MEASURED, "tdx", NOW + 300 days);
        measurements.allow(VOUCHED, "nitro", NOW + 300 days);
        enclaves.setVerifier("tdx", new Credulous());
        enclaves.setVerifier("nitro", attesters);
        vm.stopPrank();
        vm.warp(NOW);
        keys.roll(BLOCK);
        keys.setBlockhash(BLOCK - 1, HASH);
    }

    /// @dev A claim that the registry takes, for 30 days.
    function _claim(uint256 key, bytes32 measurement) internal view returns (Claim memory) {
        return Claim(
            keccak256("attestgate/registration/v1"),
            block.chainid,
            address(enclaves),
            keys.addr(key),
            measurement,
            0,
            BLOCK - 1,
            HASH,
            uint64(block.timestamp) + 30 days,
            keccak256("nonce")
        );
    }

    function _register(uint256 key) internal {
        _register(key, _claim(key, MEASURED), "");
    }

    function _register(uint256 key, Claim memory claim, bytes memory evidence) internal {
        bytes memory encoded = abi.encode(claim);
        enclaves.register(evidence, encoded, _signClaim(key, encoded));
    }

    function _signClaim(uint256 key, bytes memory claim) internal view returns (bytes memory) {
        bytes32 signed = keccak256("Registration(bytes32 claim)");
        bytes32 hash = keccak256(abi.encode(signed, keccak256(claim)));
        return _sign(key, _digest(address(enclaves), block.chainid, hash));
    }

    /// @dev The attestations of a claim by these keys of accounts, in this order.
    function _attest(uint256[] memory by, bytes memory claim) internal view returns (bytes memory) {
        bytes[] memory signatures = new bytes[](by.length);
        for (uint256 i = 0; i < by.length; ++i) {
            signatures[i] = _sign(by[i], _attestation(claim));
        }
        return abi.encode(signatures);
    }

    function _attestation(bytes memory claim) internal view returns (bytes32) {
        bytes32 hash =
            keccak256(abi.encode(keccak256("Attestation(bytes32 claim)"), keccak256(claim)));
        return _digest(address(attesters), block.chainid, hash);
    }

    function _digest(address contract_, uint256 chainId, bytes32 hash)
        internal
        pure
        returns (bytes32)
    {
        bytes32 domain = keccak256(
            abi.encode(DOMAIN_TYPE, keccak256("Attestgate"), keccak256("1"), chainId, contract_)
        );
        return keccak256(abi.encodePacked(hex"1901", domain, hash));
    }

    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = keys.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev Three keys of accounts, in the order of their addresses.
    function _three() internal pure returns (uint256[] memory sorted) {
        sorted = new uint256[](3);
        for (uint256 i = 0; i < 3; ++i) {
            sorted[i] = 0xa1 + i;
            for (uint256 j = i; j > 0 && keys.addr(sorted[j]) < keys.addr(sorted[j - 1]); --j) {
                (sorted[j], sorted[j - 1]) = (sorted[j - 1], sorted[j]);
            }
        }
    }

    function _two(uint256 first, uint256 second) internal pure returns (uint256[] memory two) {
        two = new uint256[](2);
        (two[0], two[1]) = (first, second);
    }

    function _ids(uint256[] memory of_) internal pure returns (bytes32[] memory ids) {
        ids = new bytes32[](of_.length);
        for (uint256 i = 0; i < of_.length; ++i) {
            ids[i] = bytes32(uint256(uint160(keys.addr(of_[i]))));
        }
    }

    /// @dev The other s that verifies, with the other v.
    function _mirrored(bytes memory signature) internal pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = abi.decode(_cut(signature, 64), (bytes32, bytes32));
        return abi.encodePacked(r, ORDER - uint256(s), uint8(55 - uint8(signature[64])));
    }

    function _withV(bytes memory signature, uint8 v) internal pure returns (bytes memory) {
        return bytes.concat(_cut(signature, 64), bytes1(v));
    }

    function _cut(bytes memory whole, uint256 length) internal pure returns (bytes memory part) {
        part = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            part[i] = whole[i];
        }
    }
}
