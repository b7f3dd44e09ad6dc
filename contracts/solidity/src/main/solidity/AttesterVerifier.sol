// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Eip712} from "./Eip712.sol";
import {Governed} from "./Governed.sol";
import {Grounds, IEvidenceVerifier} from "./IEvidenceVerifier.sol";
import {Op} from "./Op.sol";
import {P256} from "./P256.sol";
import {Secp256k1} from "./Secp256k1.sol";

/// @title The word of k of n attesters, for platforms whose evidence the chain cannot check.
/// @notice An attester is an Ethereum account or a P-256 key. The governor proposes who they are, and a
/// day later anyone may put that into force; the governor and the guardian remove one at once.
contract AttesterVerifier is Governed, IEvidenceVerifier {
    /// @notice Who may vouch, and how many of them must.
    /// @param threshold how many; at least 1
    /// @param from the first block time at which it may be in force
    /// @param attesters ascending; an account as a number, or keccak256 of a P-256 key's x and y
    struct Quorum {
        uint64 threshold;
        uint64 from;
        bytes32[] attesters;
    }

    /// @notice More attesters than anyone can name, and few enough to read in one call.
    uint256 public constant ATTESTERS_MAX = 32;

    /// @notice A quorum is in force a day after it was proposed at the earliest.
    uint64 public constant QUORUM_DELAY = 24 hours;

    bytes32 private constant TYPE = keccak256("Attestation(bytes32 claim)");

    /// @notice The number of the quorum in force.
    uint64 public current;

    /// @notice The number of the quorum that was proposed; 0 where there is none.
    uint64 public pending;

    /// @notice How many quorums there ever were: the number of the newest.
    uint64 public quorums;

    mapping(uint64 number => Quorum) private _quorums;

    /// @dev By the number of the quorum; a removed attester is none any more.
    mapping(uint64 number => mapping(bytes32 attester => bool)) private _vouches;

    /// @notice Quorum `number` may be in force from `from` on.
    event QuorumProposed(uint64 indexed number, uint64 threshold, bytes32[] attesters, uint64 from);

    /// @notice Quorum `number` will not be in force.
    event QuorumCancelled(uint64 indexed number);

    /// @notice Quorum `number` is in force.
    event QuorumAccepted(uint64 indexed number);

    /// @notice `attester` vouches no more, neither in the quorum in force nor in the proposed one.
    event AttesterRemoved(bytes32 indexed attester, address actor);

    /// @notice A quorum has 1 to 32 attesters and a threshold from 1 to their number.
    error QuorumOutOfRange(uint64 threshold, uint256 attesters);

    /// @notice Attesters and their signatures are in ascending order of the attesters, each once.
    error NotAscending(bytes32 attester);

    /// @notice There is no proposed quorum.
    error NoQuorumProposed();

    /// @notice The proposed quorum may be in force from `from` on.
    error QuorumNotYet(uint64 from);

    /// @notice `attester` does not vouch here.
    error UnknownAttester(bytes32 attester);

    /// @notice There are fewer signatures than the threshold asks for, or more than attesters.
    error SignaturesOutOfRange(uint256 signatures, uint64 threshold);

    /// @param governor_ whoever decides from the first block on; never 0
    /// @param guardian_ the first guardian; 0 for none
    /// @param threshold of the first quorum, in force at once
    /// @param attesters of the first quorum, ascending
    constructor(address governor_, address guardian_, uint64 threshold, bytes32[] memory attesters)
        Governed(governor_, guardian_)
    {
        current = _add(threshold, attesters, uint64(block.timestamp));
        emit QuorumAccepted(current);
    }

    /// @notice Proposes a quorum in place of whatever was proposed before; the one in force stays until
    /// `acceptQuorum`. By the governor.
    function proposeQuorum(uint64 threshold, bytes32[] calldata attesters) external onlyGovernor {
        if (pending != 0) emit QuorumCancelled(pending);
        pending = _add(threshold, attesters, uint64(block.timestamp) + QUORUM_DELAY);
    }

    /// @notice Takes the proposed quorum back. By the governor.
    function cancelQuorum() external onlyGovernor {
        if (pending == 0) revert NoQuorumProposed();
        emit QuorumCancelled(pending);
        pending = 0;
    }

    /// @notice Puts the proposed quorum into force, a day after it was proposed or later. Anyone may.
    function acceptQuorum() external {
        if (pending == 0) revert NoQuorumProposed();
        uint64 from = _quorums[pending].from;
        if (block.timestamp < from) revert QuorumNotYet(from);
        current = pending;
        pending = 0;
        emit QuorumAccepted(current);
    }

    /// @notice Takes an attester out at once; the threshold stays, so that fewer than it vouch for
    /// nothing. By the governor or the guardian.
    function removeAttester(bytes32 attester) external {
        if (msg.sender != governor) _requireGuardian();
        if (!_vouches[current][attester] && !_vouches[pending][attester]) {
            revert UnknownAttester(attester);
        }
        delete _vouches[current][attester];
        delete _vouches[pending][attester];
        emit AttesterRemoved(attester, msg.sender);
    }

    /// @inheritdoc IEvidenceVerifier
    function grounds() external pure returns (Grounds) {
        return Grounds.Attesters;
    }

    /// @inheritdoc IEvidenceVerifier
    /// @param evidence `abi.encode(bytes[])` of signatures of the EIP-712 hash of
    /// `Attestation(bytes32 claim)`, with keccak256 of the claim, in the domain of this contract; in
    /// ascending order of the attesters: 65 bytes r, s, v of an account, or 128 bytes r, s, x, y of a
    /// P-256 key. Every one must be good.
    function verify(bytes calldata evidence, bytes calldata claim) external view returns (bytes4) {
        bytes[] memory signatures = abi.decode(evidence, (bytes[]));
        uint64 number = current;
        uint64 threshold = _quorums[number].threshold;
        if (signatures.length < threshold || signatures.length > ATTESTERS_MAX) {
            revert SignaturesOutOfRange(signatures.length, threshold);
        }
        bytes32 digest = Eip712.digest(keccak256(abi.encode(TYPE, keccak256(claim))));
        bytes32 last = 0;
        for (uint256 i = 0; i < signatures.length; ++i) {
            bytes32 attester = _attester(digest, signatures[i]);
            if (attester <= last) revert NotAscending(attester);
            if (!_vouches[number][attester]) revert UnknownAttester(attester);
            last = attester;
        }
        return IEvidenceVerifier.verify.selector;
    }

    /// @notice The quorum of that number; attesters that were removed are not in it.
    function quorumOf(uint64 number) external view returns (Quorum memory quorum) {
        quorum = _quorums[number];
        bytes32[] memory named = quorum.attesters;
        uint256 left = 0;
        for (uint256 i = 0; i < named.length; ++i) {
            if (_vouches[number][named[i]]) named[left++] = named[i];
        }
        assembly ("memory-safe") {
            mstore(named, left)
        }
    }

    function _attester(bytes32 digest, bytes memory signature) private view returns (bytes32) {
        if (signature.length == P256.SIGNATURE_BYTES) return P256.recover(digest, signature);
        return bytes32(uint256(uint160(Secp256k1.recoverCopied(digest, signature))));
    }

    function _add(uint64 threshold, bytes32[] memory attesters, uint64 from)
        private
        returns (uint64 number)
    {
        if (threshold == 0 || threshold > attesters.length || attesters.length > ATTESTERS_MAX) {
            revert QuorumOutOfRange(threshold, attesters.length);
        }
        number = ++quorums;
        _quorums[number] = Quorum(threshold, from, attesters);
        bytes32 last = 0;
        for (uint256 i = 0; i < attesters.length; ++i) {
            if (attesters[i] <= last) revert NotAscending(attesters[i]);
            last = attesters[i];
            _vouches[number][last] = true;
        }
        emit QuorumProposed(number, threshold, attesters, from);
    }

    /// @dev The events of roles say all; there is no head chain here.
    function _committed(Op, bytes memory) internal override {}
}
