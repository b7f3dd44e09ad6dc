// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Governed} from "./Governed.sol";
import {Op} from "./Op.sol";

/// @title The measurements that are trusted, and until when.
/// @notice Every entry ends. The governor allows and supersedes; the governor and the guardian revoke,
/// for good.
contract MeasurementRegistry is Governed {
    /// @notice All that is known of one measurement.
    /// @param platform the platform's name in ASCII, zeros behind; 0 where it was never allowed
    /// @param allowedAt the block time from which it is trusted; 0 where it was never allowed
    /// @param validUntil the first second at which it is trusted no more
    /// @param revokedAt the block time at which it was revoked for good; 0 where it was not
    /// @param supersededBy the measurement that takes its place; 0 where none does
    struct Entry {
        bytes32 platform;
        uint64 allowedAt;
        uint64 validUntil;
        uint64 revokedAt;
        bytes32 supersededBy;
    }

    /// @notice An entry ends within two years; longer trust has to be given again.
    uint64 public constant VALIDITY_MAX = 730 days;

    /// @notice A superseded measurement is trusted 90 days more at most.
    uint64 public constant GRACE_MAX = 90 days;

    /// @dev By the measurement itself, which is a hash.
    mapping(bytes32 measurement => Entry) private _entries;

    /// @notice `measurement` is trusted until `validUntil`.
    event MeasurementAllowed(bytes32 indexed measurement, string platform, uint64 validUntil);

    /// @notice `by` takes the place of `measurement`, which is trusted until `validUntil`.
    event MeasurementSuperseded(bytes32 indexed measurement, bytes32 indexed by, uint64 validUntil);

    /// @notice `measurement` is trusted never again.
    event MeasurementRevoked(bytes32 indexed measurement, address actor);

    /// @notice `measurement` was revoked at `at`, for good.
    error Revoked(bytes32 measurement, uint64 at);

    /// @notice `measurement` is not trusted now.
    error NotTrusted(bytes32 measurement);

    /// @notice A measurement does not supersede itself.
    error SupersedesItself(bytes32 measurement);

    /// @notice `validUntil` is not within the next two years.
    error ValidityOutOfRange(uint64 validUntil, uint64 latest);

    /// @notice `grace` is longer than 90 days.
    error GraceOutOfRange(uint64 grace);

    /// @notice A platform is named by 1 to 32 lower-case letters, digits and hyphens.
    error MalformedPlatform(string platform);

    /// @notice `measurement` is of another platform, and a measurement commits to its own.
    error OtherPlatform(bytes32 measurement, bytes32 platform);

    /// @param governor_ whoever decides from the first block on; never 0
    /// @param guardian_ the first guardian; 0 for none
    constructor(address governor_, address guardian_) Governed(governor_, guardian_) {}

    /// @notice Trusts `measurement` until `validUntil`, which may shorten or prolong what stands, and
    /// ends its being superseded. By the governor.
    function allow(bytes32 measurement, string calldata platform, uint64 validUntil)
        external
        onlyGovernor
    {
        uint64 latest = uint64(block.timestamp) + VALIDITY_MAX;
        if (validUntil <= block.timestamp || validUntil > latest) {
            revert ValidityOutOfRange(validUntil, latest);
        }
        bytes32 named = _platform(platform);
        Entry storage entry = _entries[measurement];
        if (entry.revokedAt != 0) revert Revoked(measurement, entry.revokedAt);
        if (entry.platform != 0 && entry.platform != named) {
            revert OtherPlatform(measurement, entry.platform);
        }
        if (block.timestamp >= entry.validUntil) entry.allowedAt = uint64(block.timestamp);
        entry.platform = named;
        entry.validUntil = validUntil;
        entry.supersededBy = 0;
        emit MeasurementAllowed(measurement, platform, validUntil);
    }

    /// @notice Lets `newer` take the place of `older`, which is trusted for `grace` seconds more, or
    /// less where it ends earlier anyway. Both are trusted now. By the governor.
    function supersede(bytes32 older, bytes32 newer, uint64 grace) external onlyGovernor {
        if (grace > GRACE_MAX) revert GraceOutOfRange(grace);
        if (older == newer) revert SupersedesItself(older);
        if (!isTrusted(older, block.timestamp)) revert NotTrusted(older);
        if (!isTrusted(newer, block.timestamp)) revert NotTrusted(newer);
        Entry storage entry = _entries[older];
        uint64 end = uint64(block.timestamp) + grace;
        if (end < entry.validUntil) entry.validUntil = end;
        entry.supersededBy = newer;
        emit MeasurementSuperseded(older, newer, entry.validUntil);
    }

    /// @notice Trusts `measurement` never again, known or not. By the governor or the guardian.
    function revoke(bytes32 measurement) external {
        if (msg.sender != governor) _requireGuardian();
        Entry storage entry = _entries[measurement];
        if (entry.revokedAt != 0) revert Revoked(measurement, entry.revokedAt);
        entry.revokedAt = uint64(block.timestamp);
        emit MeasurementRevoked(measurement, msg.sender);
    }

    /// @notice Whether `measurement` is trusted at the time `at`. What is revoked is trusted at no time,
    /// not even before it was revoked.
    function isTrusted(bytes32 measurement, uint256 at) public view returns (bool) {
        Entry storage entry = _entries[measurement];
        (uint64 from, uint64 end, uint64 revokedAt) =
            (entry.allowedAt, entry.validUntil, entry.revokedAt);
        return from != 0 && revokedAt == 0 && at >= from && at < end;
    }

    /// @notice All that is known of `measurement`.
    function entryOf(bytes32 measurement) external view returns (Entry memory) {
        return _entries[measurement];
    }

    /// @dev The events of roles say all; a registry has no head chain.
    function _committed(Op, bytes memory) internal override {}

    function _platform(string calldata platform) private pure returns (bytes32) {
        bytes calldata chars = bytes(platform);
        bool good = chars.length > 0 && chars.length <= 32;
        for (uint256 i = 0; good && i < chars.length; ++i) {
            bytes1 char = chars[i];
            good = (char >= "a" && char <= "z") || (char >= "0" && char <= "9") || char == "-";
        }
        if (!good) revert MalformedPlatform(platform);
        return bytes32(chars);
    }
}
