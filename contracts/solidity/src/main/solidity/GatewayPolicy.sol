// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DelegatedNames} from "./DelegatedNames.sol";
import {Dependencies} from "./Dependencies.sol";
import {DocumentStore} from "./DocumentStore.sol";
import {DomainName} from "./DomainName.sol";
import {Freezing} from "./Freezing.sol";
import {Governed} from "./Governed.sol";
import {Halting} from "./Halting.sol";
import {HeadChain} from "./HeadChain.sol";
import {Op} from "./Op.sol";

/// @title The registry of domains that a gateway obeys.
/// @notice One document per name, and one, for the name `""`, for the gateway as a whole. What is
/// written here is what an enclave enforces; nothing else is. Every address it depends on lives in a
/// storage slot and no code depends on the constructor, so one release has one code hash.
/// @dev The order of the bases is the order of their slots, which readers of raw storage rely on.
contract GatewayPolicy is
    Governed,
    HeadChain,
    DocumentStore,
    Dependencies,
    Freezing,
    DelegatedNames,
    Halting
{
    /// @notice Change `n` made the document of this hash that of `name`.
    event Published(
        uint64 indexed n, string name, bytes32 documentHash, uint32 length, address actor
    );

    /// @notice Change `n` took the document of `name` away and left a tombstone.
    event Withdrawn(uint64 indexed n, string name, address actor);

    /// @notice Change `n` lets wildcards serve `name` again.
    event TombstoneCleared(uint64 indexed n, string name);

    /// @notice `name` has no document.
    error NotPublished(string name);

    /// @notice `name` has no tombstone.
    error NotWithdrawn(string name);

    /// @param governor_ whoever decides from the first block on; never 0
    /// @param guardian_ the first guardian; 0 for none
    /// @param measurementRegistry_ the registry of measurements; 0 to set it later
    /// @param enclaveRegistry_ the registry of enclaves; 0 to set it later
    /// @param heartbeat_ where nonces are seen; 0 to set it later
    constructor(
        address governor_,
        address guardian_,
        address measurementRegistry_,
        address enclaveRegistry_,
        address heartbeat_
    ) Governed(governor_, guardian_) {
        if (measurementRegistry_ != address(0)) {
            _setMeasurementRegistry(measurementRegistry_);
        }
        if (enclaveRegistry_ != address(0)) _setEnclaveRegistry(enclaveRegistry_);
        if (heartbeat_ != address(0)) _setHeartbeat(heartbeat_);
    }

    /// @notice Stores `document` and makes it the document of `name`, published or withdrawn before or
    /// not. By the governor, or by the name's controller within the names granted to him; only the
    /// governor publishes `""`. A name that is new to the list only while that has room. Not under a
    /// freeze.
    /// @param name a name, `*.` and a name, or `""`
    /// @param document 1 to 24,575 bytes, which only readers understand
    function publish(string calldata name, bytes calldata document) external whenThawed {
        DomainName.requireCanonical(name);
        bytes32 nameHash = keccak256(bytes(name));
        uint256 namesMax = NAMES_BUT_THE_GATEWAYS_MAX;
        if (msg.sender != governor) {
            _charge(_requireDelegation(name), nameHash);
            namesMax = CONTROLLERS_NAMES_MAX;
        }
        (bytes32 documentHash, address at) = store(document);
        uint32 length = uint32(document.length);
        Entry storage entry = _listed(name, nameHash, namesMax);
        _set(entry, documentHash, at, length, Status.Published);
        uint64 n = _commit(Op.Publish, nameHash, abi.encode(documentHash, length));
        emit Published(n, name, documentHash, length, msg.sender);
    }

    /// @notice Takes the document of `name` away and leaves a tombstone. By the governor or the name's
    /// controller; no freeze prevents it.
    function withdraw(string calldata name) external {
        if (msg.sender != governor) _requireDelegation(name);
        bytes32 nameHash = keccak256(bytes(name));
        Entry storage entry = _entries[nameHash];
        if (entry.status != Status.Published) revert NotPublished(name);
        _set(entry, 0, address(0), 0, Status.Withdrawn);
        emit Withdrawn(_commit(Op.Withdraw, nameHash, ""), name, msg.sender);
    }

    /// @notice Lets wildcards serve `name` again. By the governor; not under a freeze.
    function clearTombstone(string calldata name) external onlyGovernor whenThawed {
        bytes32 nameHash = keccak256(bytes(name));
        Entry storage entry = _entries[nameHash];
        if (entry.status != Status.Withdrawn) revert NotWithdrawn(name);
        entry.status = Status.Listed;
        emit TombstoneCleared(_commit(Op.ClearTombstone, nameHash, ""), name);
    }

    /// @notice The document of `name` and its hash; empty and 0 where it has none. For people and
    /// contracts: an enclave reads proven slots instead.
    function documentOf(string calldata name)
        external
        view
        returns (bytes32 documentHash, bytes memory document)
    {
        Entry storage entry = _entries[keccak256(bytes(name))];
        if (entry.status == Status.Published) return (entry.documentHash, _read(entry.document));
    }

    function _set(
        Entry storage entry,
        bytes32 documentHash,
        address document,
        uint32 length,
        Status status
    ) private {
        entry.documentHash = documentHash;
        entry.document = document;
        entry.documentLength = length;
        entry.status = status;
    }

    /// @dev Changes of roles are about no name.
    function _committed(Op op, bytes memory value) internal override {
        _commit(op, 0, value);
    }
}
