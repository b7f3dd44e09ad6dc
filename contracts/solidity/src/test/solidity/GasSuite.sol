// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Governed} from "../../main/solidity/Governed.sol";
import {ResultSuite} from "./ResultSuite.sol";

/// @notice The cheat codes that measure.
interface GasVm {
    struct Gas {
        uint64 gasLimit;
        uint64 gasTotalUsed;
        uint64 gasMemoryUsed;
        int64 gasRefunded;
        uint64 gasRemaining;
    }

    function lastCallGas() external view returns (Gas memory);
    function snapshotState() external returns (uint256);
    function revertToState(uint256 id) external returns (bool);
    function writeLine(string calldata path, string calldata line) external;
}

/// @notice Makes one call twice in one transaction and gives what the second took.
contract Twice {
    function second(address to, bytes calldata data) external returns (uint256 used) {
        bytes memory input = data;
        for (uint256 i = 0; i < 2; ++i) {
            assembly ("memory-safe") {
                used := gas()
                pop(call(gas(), to, 0, add(input, 0x20), mload(input), 0, 0))
                used := sub(used, gas())
            }
        }
    }
}

/// @notice Measures a call as a transaction of its own, so that every access is cold. Runs with
/// `--isolate` only, by gas.mjs.
abstract contract GasSuite is ResultSuite {
    GasVm private constant meter = GasVm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @dev What a transaction costs whatever it does, and its calldata by the byte (EIP-2028).
    uint256 private constant TRANSACTION = 21_000;
    uint256 private constant ZERO_BYTE = 4;
    uint256 private constant OTHER_BYTE = 16;

    /// @dev Writes down what the call takes beyond the transaction and its calldata, after refunds, and
    /// undoes it.
    function _gas(address by, address to, string memory name, bytes memory data)
        internal
        returns (uint256 cold)
    {
        uint256 state = meter.snapshotState();
        vm.prank(by);
        (bool success,) = to.call(data);
        cold = meter.lastCallGas().gasTotalUsed - TRANSACTION - _calldataGas(data);
        vm.assertTrue(success, name);
        _write(name, vm.toString(cold));
        meter.revertToState(state);
    }

    /// @dev The same of a call that changes nothing, and what it takes when all is warm.
    function _look(address to, string memory name, bytes memory data)
        internal
        returns (uint256 cold)
    {
        cold = _gas(STRANGER, to, name, data);
        _write(string.concat(name, " warm"), vm.toString(new Twice().second(to, data)));
    }

    /// @dev The getter of that name.
    function _getter(address to, string memory contract_, string memory getter) internal {
        bytes memory data = abi.encodeWithSignature(string.concat(getter, "()"));
        _look(to, string.concat(contract_, " ", getter), data);
    }

    /// @dev What every contract with roles has.
    function _roles(Governed governed, string memory contract_) internal {
        address to = address(governed);
        string[5] memory getters =
            ["governor", "pendingGovernor", "guardian", "guardianTermEnd", "GUARDIAN_TERM"];
        for (uint256 i = 0; i < getters.length; ++i) {
            _getter(to, contract_, getters[i]);
        }
        string memory prefix = string.concat(contract_, " ");
        bytes memory data = abi.encodeCall(governed.proposeGovernor, (STRANGER));
        _gas(GOVERNOR, to, string.concat(prefix, "proposeGovernor"), data);
        data = abi.encodeCall(governed.setGuardian, (STRANGER));
        _gas(GOVERNOR, to, string.concat(prefix, "setGuardian"), data);
        data = abi.encodeCall(governed.renewGuardian, ());
        _gas(GOVERNOR, to, string.concat(prefix, "renewGuardian"), data);
        vm.prank(GOVERNOR);
        governed.proposeGovernor(STRANGER);
        data = abi.encodeCall(governed.acceptGovernor, ());
        _gas(STRANGER, to, string.concat(prefix, "acceptGovernor"), data);
        vm.prank(GOVERNOR);
        governed.proposeGovernor(address(0));
    }

    function _write(string memory name, string memory figure) private {
        meter.writeLine("target/gas/figures", string.concat(name, " ", figure));
    }

    function _calldataGas(bytes memory data) private pure returns (uint256 gas_) {
        for (uint256 i = 0; i < data.length; ++i) {
            gas_ += data[i] == 0 ? ZERO_BYTE : OTHER_BYTE;
        }
    }
}
