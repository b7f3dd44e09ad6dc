// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @notice What a change of state did: the `op` of the head chain. docs/head.md has the new values
/// that each commits to. Numbers are never reused; 0 is no change.
enum Op {
    None,
    Publish,
    Withdraw,
    ClearTombstone,
    Delegate,
    Freeze,
    LiftFreeze,
    Halt,
    LiftHalt,
    ProposeGovernor,
    AcceptGovernor,
    SetGuardian,
    RenewGuardian,
    SetMeasurementRegistry,
    SetEnclaveRegistry,
    SetHeartbeat,
    SetSuccessor
}
