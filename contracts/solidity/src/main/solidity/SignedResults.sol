// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Eip712} from "./Eip712.sol";
import {EnclaveRegistry} from "./EnclaveRegistry.sol";
import {GatewayPolicy} from "./GatewayPolicy.sol";
import {Result, Results} from "./Result.sol";
import {Secp256k1} from "./Secp256k1.sol";

/// @title What a gateway signed, checked for contracts.
/// @notice A result counts where a key that an enclave holds signed it, the enclave obeyed the policy as
/// it was at the named epoch, and neither key nor measurement is revoked now. It proves what passed
/// through the gateway; with a non-zero `upstream` also where it came from.
/// @dev The enclave registry is the one that the policy names at the moment of the call, so there is one
/// address to get right, and nobody has a role here.
contract SignedResults {
    /// @notice The policy that the enclaves obey. Set once.
    GatewayPolicy public policy;

    mapping(address consumer => mapping(bytes32 digest => bool)) private _consumed;

    /// @notice `consumer` took the result of `digest`, which it never does again.
    event ResultConsumed(address indexed consumer, bytes32 indexed digest);

    /// @notice There is no policy at address 0.
    error PolicyRequired();

    /// @notice The result is of `gateway`, and `signed` signed it.
    error NotSignedByGateway(address gateway, address signed);

    /// @notice `gateway` had no active registration at `issuedAt`, or has lost it for good since.
    error GatewayNotActive(address gateway, uint256 issuedAt);

    /// @notice The policy never had that head at that epoch.
    error UnknownHead(uint64 epoch, bytes32 head);

    /// @notice The result was issued after the time of this block.
    error IssuedInFuture(uint256 issuedAt);

    /// @notice The result is older than asked for.
    error TooOld(uint256 issuedAt, uint256 ageMax);

    /// @notice The upstream of the result was not attested.
    error UpstreamNotAttested();

    /// @notice `consumer` took the result of `digest` before.
    error AlreadyConsumed(address consumer, bytes32 digest);

    /// @param policy_ the policy that the enclaves obey; never 0
    constructor(GatewayPolicy policy_) {
        if (address(policy_) == address(0)) revert PolicyRequired();
        policy = policy_;
    }

    /// @notice Reverts unless the result counts now.
    /// @param result what the gateway says
    /// @param signature 65 bytes by `result.gateway`
    /// @param ageMax the most seconds that may have passed since it was issued; there is no default
    /// @param attestedUpstream whether to refuse what was only relayed
    /// @return digest the EIP-712 digest of the result, the same in a batch
    function verify(
        Result calldata result,
        bytes calldata signature,
        uint64 ageMax,
        bool attestedUpstream
    ) public view returns (bytes32 digest) {
        address gateway = result.gateway;
        digest = Eip712.digest(Results.structHash(result));
        _requireSigned(gateway, digest, signature);
        _requireCounts(result, gateway, ageMax, attestedUpstream);
    }

    /// @notice Reverts unless the result counts now, where the gateway signed a batch of results.
    /// @param path the siblings between the result and the root, at most 16
    /// @param signature 65 bytes by `result.gateway`, of the batch
    function verifyInBatch(
        Result calldata result,
        bytes32[] calldata path,
        bytes calldata signature,
        uint64 ageMax,
        bool attestedUpstream
    ) public view returns (bytes32 digest) {
        address gateway = result.gateway;
        bytes32 hash = Results.structHash(result);
        bytes32 batch = Results.batchHash(gateway, Results.rootOf(hash, path));
        _requireSigned(gateway, Eip712.digest(batch), signature);
        _requireCounts(result, gateway, ageMax, attestedUpstream);
        digest = Eip712.digest(hash);
    }

    /// @notice As `verify`, and once only per caller: a result that paid once pays never again, be it
    /// signed alone or in a batch.
    function consumeOnce(
        Result calldata result,
        bytes calldata signature,
        uint64 ageMax,
        bool attestedUpstream
    ) external returns (bytes32 digest) {
        digest = verify(result, signature, ageMax, attestedUpstream);
        _consume(digest);
    }

    /// @notice As `verifyInBatch`, and once only per caller.
    function consumeOnceInBatch(
        Result calldata result,
        bytes32[] calldata path,
        bytes calldata signature,
        uint64 ageMax,
        bool attestedUpstream
    ) external returns (bytes32 digest) {
        digest = verifyInBatch(result, path, signature, ageMax, attestedUpstream);
        _consume(digest);
    }

    /// @notice Whether `consumer` took the result of `digest`.
    function isConsumed(address consumer, bytes32 digest) external view returns (bool) {
        return _consumed[consumer][digest];
    }

    function _consume(bytes32 digest) private {
        if (_consumed[msg.sender][digest]) revert AlreadyConsumed(msg.sender, digest);
        _consumed[msg.sender][digest] = true;
        emit ResultConsumed(msg.sender, digest);
    }

    function _requireSigned(address gateway, bytes32 digest, bytes calldata signature)
        private
        pure
    {
        address signed = Secp256k1.recover(digest, signature);
        if (signed != gateway) revert NotSignedByGateway(gateway, signed);
    }

    /// @dev Each field is read once: a reading of calldata is checked, and costs.
    function _requireCounts(
        Result calldata result,
        address gateway,
        uint256 ageMax,
        bool attestedUpstream
    ) private view {
        uint256 issuedAt = result.issuedAt;
        if (issuedAt > block.timestamp) revert IssuedInFuture(issuedAt);
        unchecked {
            if (block.timestamp - issuedAt > ageMax) revert TooOld(issuedAt, ageMax);
        }
        if (attestedUpstream && result.upstream == 0) revert UpstreamNotAttested();
        GatewayPolicy obeyed = policy;
        _requireHead(obeyed, result.policyEpoch, result.policyHead);
        if (!EnclaveRegistry(obeyed.enclaveRegistry()).isActive(gateway, issuedAt)) {
            revert GatewayNotActive(gateway, issuedAt);
        }
    }

    function _requireHead(GatewayPolicy obeyed, uint64 epoch, bytes32 head) private view {
        if (head == 0 || obeyed.headAt(epoch) != head) revert UnknownHead(epoch, head);
    }
}
