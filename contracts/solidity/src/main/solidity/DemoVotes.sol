// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title Votes for a demo and for tests; a DAO brings its own.
/// @notice A fixed supply, all to one holder. As with every ERC20Votes, a holder's votes count only
/// from when he has delegated them, be it to himself.
contract DemoVotes is ERC20, ERC20Permit, ERC20Votes {
    /// @param holder of all votes
    /// @param supply how many there are, 18 decimals
    constructor(address holder, uint256 supply)
        ERC20("Attestgate demo vote", "VOTE")
        ERC20Permit("Attestgate demo vote")
    {
        _mint(holder, supply);
    }

    /// @notice Seconds, the same on every chain (ERC-6372).
    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @notice `clock` is block time (ERC-6372).
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc ERC20Permit
    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}
