// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {
    AccessControlEnumerable
} from "@openzeppelin/contracts/access/extensions/AccessControlEnumerable.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @title The delay between what was decided and its taking effect.
/// @notice A TimelockController that nobody can cancel on, that anyone can execute on, and that lists
/// who holds a role: what it says of its roles can be read back whole, without trusting an event log.
contract PolicyTimelock is TimelockController, AccessControlEnumerable {
    /// @notice Whoever could cancel could cancel his own removal, so nobody ever may.
    error NobodyCancels(address account);

    /// @param delay seconds from scheduling to the first second at which an operation can be executed
    /// @param admin grants the proposer's role and then renounces; 0 leaves only the timelock itself
    constructor(uint256 delay, address admin)
        TimelockController(delay, new address[](0), _anyone(), admin)
    {}

    /// @inheritdoc AccessControlEnumerable
    function supportsInterface(bytes4 interfaceId)
        public
        view
        override(TimelockController, AccessControlEnumerable)
        returns (bool)
    {
        return super.supportsInterface(interfaceId);
    }

    /// @dev Also for the constructor, and for a vote that would want a canceller.
    function _grantRole(bytes32 role, address account)
        internal
        override(AccessControl, AccessControlEnumerable)
        returns (bool)
    {
        if (role == CANCELLER_ROLE) revert NobodyCancels(account);
        return super._grantRole(role, account);
    }

    function _revokeRole(bytes32 role, address account)
        internal
        override(AccessControl, AccessControlEnumerable)
        returns (bool)
    {
        return super._revokeRole(role, account);
    }

    /// @dev The zero address as executor is everybody: nobody can hold back what was decided.
    function _anyone() private pure returns (address[] memory executors) {
        executors = new address[](1);
    }
}
