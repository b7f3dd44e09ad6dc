// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DomainName} from "./DomainName.sol";
import {Freezing} from "./Freezing.sol";
import {Op} from "./Op.sol";
import {Reduction} from "./Reduction.sol";

/// @title The names that are known, and who may speak for each.
/// @notice The governor may always; beside him only the controller of the longest delegated ancestor,
/// or of the name itself.
abstract contract DelegatedNames is Freezing {
    /// @notice What stands in a name's slot.
    /// Unknown: never published, delegated or halted. Listed: known, without a document. Published:
    /// has a document. Withdrawn: a tombstone; no wildcard serves the name either.
    enum Status {
        Unknown,
        Listed,
        Published,
        Withdrawn
    }

    /// @notice All that is known of one name.
    /// @param documentHash keccak256 of the document; 0 unless published
    /// @param document the code that holds it, here too to spare a reader a second look; 0 likewise
    /// @param documentLength its bytes; 0 likewise
    /// @param status what stands here
    /// @param controller who may publish and withdraw the name, its wildcard and all below; 0 for none
    /// @param namesMax how many distinct names this delegation may ever publish
    /// @param namesUsed how many it did
    /// @param delegation the number of this delegation among those of the name
    /// @param halt the newest halt of the name and all below
    struct Entry {
        bytes32 documentHash;
        address document;
        uint32 documentLength;
        Status status;
        address controller;
        uint32 namesMax;
        uint32 namesUsed;
        uint32 delegation;
        Reduction halt;
    }

    /// @notice How many names the list may ever have; readers refuse a longer one.
    uint256 public constant NAMES_MAX = 10_000;

    /// @dev The last place is for `""`: whoever fills the list keeps nobody from halting everything.
    uint256 internal constant NAMES_BUT_THE_GATEWAYS_MAX = NAMES_MAX - 1;

    /// @notice How many it may have while controllers still add to it. The rest is the governor's, and the
    /// guardian's for what he halts: no tenants together leave them without room.
    uint256 public constant CONTROLLERS_NAMES_MAX = 9_000;

    /// @dev Every name ever published, delegated or halted, in order of appearance; append-only.
    string[] private _names;

    /// @dev By keccak256(bytes(name)).
    mapping(bytes32 nameHash => Entry) internal _entries;

    /// @dev Whether a delegation has published a name: by keccak256(abi.encode(hash of the delegated
    /// name, number of the delegation, nameHash)).
    mapping(bytes32 => bool) private _charged;

    /// @notice Change `n` made `controller` the controller of `name` and all below; 0 ended that.
    event Delegated(uint64 indexed n, string name, address indexed controller, uint32 namesMax);

    /// @notice The caller is neither the governor nor the controller of `name`.
    error NotController(string name, address caller);

    /// @notice The delegation of the controller has published as many names as it may.
    error NamesExhausted(uint32 namesMax);

    /// @notice The list has as many names as whoever called may make it have; what is in it stays open.
    error ListFull(uint256 namesMax);

    /// @notice `name` is delegated to nobody.
    error NotDelegated(string name);

    /// @notice A delegation names a controller and a number of names, or neither.
    error IncompleteDelegation(address controller, uint32 namesMax);

    /// @notice Makes `controller` the controller of `name`, its wildcard and all below; controller 0
    /// (with namesMax 0) ends the delegation. To the same controller again it amends the delegation and
    /// its count of names goes on; another controller begins at no names. By the governor; not under a
    /// freeze.
    /// @dev A delegation that stands counts for what is below it even where an ancestor is delegated
    /// later; ending it gives its names to the next ancestor that is delegated.
    /// @param name a name, not a wildcard and not `""`
    /// @param controller who may publish and withdraw from now on; 0 for nobody
    /// @param namesMax how many distinct names he may ever publish; 0 for nobody, else at least 1
    function delegate(string calldata name, address controller, uint32 namesMax)
        external
        onlyGovernor
        whenThawed
    {
        DomainName.requireOneName(name);
        if ((controller == address(0)) != (namesMax == 0)) {
            revert IncompleteDelegation(controller, namesMax);
        }
        bytes32 nameHash = keccak256(bytes(name));
        if (controller == address(0) && _entries[nameHash].controller == address(0)) {
            revert NotDelegated(name);
        }
        Entry storage entry = _listed(name, nameHash, NAMES_BUT_THE_GATEWAYS_MAX);
        if (controller != entry.controller) {
            entry.controller = controller;
            entry.namesUsed = 0;
            ++entry.delegation;
        }
        entry.namesMax = namesMax;
        uint64 n = _commit(Op.Delegate, nameHash, abi.encode(controller, namesMax));
        emit Delegated(n, name, controller, namesMax);
    }

    /// @notice All that is known of `name`.
    function entryOf(string calldata name) external view returns (Entry memory) {
        return _entries[keccak256(bytes(name))];
    }

    /// @notice Who may publish and withdraw `name` beside the governor: the controller of the longest
    /// delegated ancestor, or of the name itself; 0 where only the governor may.
    function controllerOf(string calldata name) external view returns (address) {
        DomainName.requireCanonical(name);
        return _entries[_delegationOf(name)].controller;
    }

    /// @notice How many names were ever published, delegated or halted.
    function namesCount() external view returns (uint256) {
        return _names.length;
    }

    /// @notice At most `count` names, from the one numbered `from` on, in order of appearance.
    function names(uint256 from, uint256 count) external view returns (string[] memory page) {
        uint256 total = _names.length;
        uint256 rest = from < total ? total - from : 0;
        page = new string[](count < rest ? count : rest);
        for (uint256 i = 0; i < page.length; ++i) {
            page[i] = _names[from + i];
        }
    }

    /// @dev The entry of `name`, which is in the list from now on; a new one only where the list has
    /// fewer than `namesMax`, but `""` always.
    function _listed(string calldata name, bytes32 nameHash, uint256 namesMax)
        internal
        returns (Entry storage entry)
    {
        entry = _entries[nameHash];
        if (entry.status == Status.Unknown) {
            if (_names.length >= namesMax && nameHash != DomainName.WHOLE_GATEWAY) {
                revert ListFull(namesMax);
            }
            entry.status = Status.Listed;
            _names.push(name);
        }
    }

    /// @dev The hash of the delegated name that decides over `name`; reverts unless its controller
    /// calls.
    function _requireDelegation(string calldata name) internal view returns (bytes32 delegated) {
        delegated = _delegationOf(name);
        if (delegated == 0 || _entries[delegated].controller != msg.sender) {
            revert NotController(name, msg.sender);
        }
    }

    /// @dev Counts `nameHash` once for the delegation of `delegated`.
    function _charge(bytes32 delegated, bytes32 nameHash) internal {
        Entry storage entry = _entries[delegated];
        bytes32 key = keccak256(abi.encode(delegated, entry.delegation, nameHash));
        if (_charged[key]) return;
        if (entry.namesUsed >= entry.namesMax) revert NamesExhausted(entry.namesMax);
        _charged[key] = true;
        ++entry.namesUsed;
    }

    /// @dev The hash of the longest ancestor of `name`, or of the name itself, that is delegated; 0
    /// where none is. A wildcard stands below the name behind its `*.`; `""` stands below nothing.
    function _delegationOf(string calldata name) private view returns (bytes32) {
        bytes calldata rest = DomainName.base(name);
        while (rest.length > 0) {
            bytes32 nameHash = keccak256(rest);
            if (_entries[nameHash].controller != address(0)) return nameHash;
            rest = DomainName.parent(rest);
        }
        return 0;
    }
}
