// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Governed} from "./Governed.sol";
import {HeadChain} from "./HeadChain.sol";
import {Op} from "./Op.sol";

/// @title The other contracts of a gateway, each in a slot of its own.
/// @notice A reader pins the code of each by hash: a slot that names other code is refused there.
abstract contract Dependencies is Governed, HeadChain {
    /// @notice The registry of measurements that a gateway trusts; 0 until it is set.
    address public measurementRegistry;

    /// @notice The registry of enclaves; 0 until it is set.
    address public enclaveRegistry;

    /// @notice Where nonces are seen in finalised state; 0 until it is set.
    address public heartbeat;

    /// @notice The contract that follows this one, for people to read: no enclave follows it by itself.
    address public successor;

    /// @notice Change `n` named the registry of measurements.
    event MeasurementRegistrySet(uint64 indexed n, address measurementRegistry);

    /// @notice Change `n` named the registry of enclaves.
    event EnclaveRegistrySet(uint64 indexed n, address enclaveRegistry);

    /// @notice Change `n` named the contract in which nonces are seen.
    event HeartbeatSet(uint64 indexed n, address heartbeat);

    /// @notice Change `n` named the contract that follows this one.
    event SuccessorSet(uint64 indexed n, address successor);

    /// @notice Names the registry of measurements. By the governor.
    function setMeasurementRegistry(address measurementRegistry_) external onlyGovernor {
        _setMeasurementRegistry(measurementRegistry_);
    }

    /// @notice Names the registry of enclaves. By the governor.
    function setEnclaveRegistry(address enclaveRegistry_) external onlyGovernor {
        _setEnclaveRegistry(enclaveRegistry_);
    }

    /// @notice Names the contract in which nonces are seen. By the governor.
    function setHeartbeat(address heartbeat_) external onlyGovernor {
        _setHeartbeat(heartbeat_);
    }

    /// @notice Names the contract that follows this one. By the governor.
    function setSuccessor(address successor_) external onlyGovernor {
        // slither-disable-next-line missing-zero-check
        successor = successor_;
        emit SuccessorSet(_commit(Op.SetSuccessor, 0, abi.encode(successor_)), successor_);
    }

    /// @dev For the constructor too.
    function _setMeasurementRegistry(address measurementRegistry_) internal {
        measurementRegistry = measurementRegistry_;
        uint64 n = _commit(Op.SetMeasurementRegistry, 0, abi.encode(measurementRegistry_));
        emit MeasurementRegistrySet(n, measurementRegistry_);
    }

    /// @dev For the constructor too.
    function _setEnclaveRegistry(address enclaveRegistry_) internal {
        enclaveRegistry = enclaveRegistry_;
        uint64 n = _commit(Op.SetEnclaveRegistry, 0, abi.encode(enclaveRegistry_));
        emit EnclaveRegistrySet(n, enclaveRegistry_);
    }

    /// @dev For the constructor too.
    function _setHeartbeat(address heartbeat_) internal {
        heartbeat = heartbeat_;
        emit HeartbeatSet(_commit(Op.SetHeartbeat, 0, abi.encode(heartbeat_)), heartbeat_);
    }
}
