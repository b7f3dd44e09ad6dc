// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DocumentStore} from "./DocumentStore.sol";
import {DomainName} from "./DomainName.sol";
import {Governed} from "./Governed.sol";
import {HeadChain} from "./HeadChain.sol";
import {Op} from "./Op.sol";
import {Reduction, Reductions} from "./Reduction.sol";

/// @title The registry of domains that a gateway obeys.
/// @notice One document per name, and one, for the name `""`, for the gateway as a whole. What is
/// written here is what an enclave enforces; nothing else is. Every address it depends on lives in a
/// storage slot and no code depends on the constructor, so one release has one code hash.
contract GatewayPolicy is Governed, HeadChain, DocumentStore {
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

    /// @notice How many names one guardian may ever add to the list by halting what is not known yet,
    /// so that a hostile one cannot make every reader slow for good. What is known, and `""`, can
    /// always be halted.
    uint32 public constant GUARDIAN_NAMES_MAX = 256;

    /// @notice The registry of measurements that a gateway trusts; 0 until it is set.
    address public measurementRegistry;

    /// @notice The registry of enclaves; 0 until it is set.
    address public enclaveRegistry;

    /// @notice Where nonces are seen in finalised state; 0 until it is set.
    address public heartbeat;

    /// @notice The contract that follows this one, for people to read: no enclave follows it by itself.
    address public successor;

    /// @notice The newest freeze.
    Reduction public freezing;

    /// @dev Every name ever published, delegated or halted, in order of appearance; append-only.
    string[] private _names;

    /// @dev By keccak256(bytes(name)).
    mapping(bytes32 nameHash => Entry) private _entries;

    /// @dev Whether a delegation has published a name: by keccak256(abi.encode(hash of the delegated
    /// name, number of the delegation, nameHash)).
    mapping(bytes32 => bool) private _charged;

    /// @dev How many unknown names a guardian has added by halting them.
    mapping(address guardian => uint32) private _guardianNames;

    event Published(uint64 indexed n, string name, bytes32 documentHash, uint32 length, address actor);
    event Withdrawn(uint64 indexed n, string name, address actor);
    event TombstoneCleared(uint64 indexed n, string name);
    event Delegated(uint64 indexed n, string name, address indexed controller, uint32 namesMax);
    event Frozen(uint64 indexed n, uint64 start, uint64 until);
    event FreezeLifted(uint64 indexed n, uint64 at);
    event Halted(uint64 indexed n, string name, uint64 start, uint64 until);
    event HaltLifted(uint64 indexed n, string name, uint64 at);
    event MeasurementRegistrySet(uint64 indexed n, address measurementRegistry);
    event EnclaveRegistrySet(uint64 indexed n, address enclaveRegistry);
    event HeartbeatSet(uint64 indexed n, address heartbeat);
    event SuccessorSet(uint64 indexed n, address successor);

    /// @notice The caller is neither the governor nor the controller of `name`.
    error NotController(string name, address caller);

    /// @notice The delegation of the controller has published as many names as it may.
    error NamesExhausted(uint32 namesMax);

    /// @notice `name` has no document.
    error NotPublished(string name);

    /// @notice `name` has no tombstone.
    error NotWithdrawn(string name);

    /// @notice `name` is delegated to nobody.
    error NotDelegated(string name);

    /// @notice A delegation names a controller and a number of names, or neither.
    error IncompleteDelegation(address controller, uint32 namesMax);

    /// @notice Nothing is published or delegated until `until`.
    error FrozenUntil(uint64 until);

    /// @notice There is no freeze to lift.
    error NotFrozen();

    /// @notice There is no halt of `name` to lift.
    error NotHalted(string name);

    /// @notice The contract may not be frozen again before `until`.
    error FreezeRestsUntil(uint64 until);

    /// @notice `name` may not be halted again before `until`.
    error HaltRestsUntil(string name, uint64 until);

    /// @notice The guardian has added as many unknown names as one may.
    error GuardianNamesExhausted(uint32 namesMax);

    modifier whenThawed() {
        if (freezing.stands(block.timestamp)) revert FrozenUntil(freezing.until);
        _;
    }

    /// @param governor_ whoever decides from the first block on; never 0
    /// @param guardian_ the first guardian; 0 for none
    /// @param measurementRegistry_ the registry of measurements; 0 to set it later
    constructor(address governor_, address guardian_, address measurementRegistry_)
        Governed(governor_, guardian_)
    {
        if (measurementRegistry_ != address(0)) _setMeasurementRegistry(measurementRegistry_);
    }

    // What is served.

    /// @notice Stores `document` and makes it the document of `name`, published or withdrawn before or
    /// not. By the governor, or by the name's controller within the names granted to him; only the
    /// governor publishes `""`. Not under a freeze.
    function publish(string calldata name, bytes calldata document) external whenThawed {
        DomainName.requireCanonical(name);
        bytes32 nameHash = keccak256(bytes(name));
        if (msg.sender != governor) _charge(_requireDelegation(name), nameHash);
        (bytes32 documentHash, address at) = store(document);
        Entry storage entry = _listed(name, nameHash);
        entry.documentHash = documentHash;
        entry.document = at;
        entry.documentLength = uint32(document.length);
        entry.status = Status.Published;
        uint64 n = _commit(Op.Publish, nameHash, abi.encode(documentHash, entry.documentLength));
        emit Published(n, name, documentHash, entry.documentLength, msg.sender);
    }

    /// @notice Takes the document of `name` away and leaves a tombstone. By the governor or the name's
    /// controller; no freeze prevents it.
    function withdraw(string calldata name) external {
        if (msg.sender != governor) _requireDelegation(name);
        bytes32 nameHash = keccak256(bytes(name));
        Entry storage entry = _entries[nameHash];
        if (entry.status != Status.Published) revert NotPublished(name);
        entry.documentHash = 0;
        entry.document = address(0);
        entry.documentLength = 0;
        entry.status = Status.Withdrawn;
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

    /// @notice Makes `controller` the controller of `name`, its wildcard and all below; controller 0
    /// (with namesMax 0) ends the delegation. To the same controller again it amends the delegation and
    /// its count of names goes on; another controller begins at no names. By the governor; not under a
    /// freeze.
    /// @dev A delegation that stands counts for what is below it even where an ancestor is delegated
    /// later; ending it gives its names to the next ancestor that is delegated.
    function delegate(string calldata name, address controller, uint32 namesMax)
        external
        onlyGovernor
        whenThawed
    {
        DomainName.requireOneName(name);
        if ((controller == address(0)) != (namesMax == 0)) revert IncompleteDelegation(controller, namesMax);
        bytes32 nameHash = keccak256(bytes(name));
        if (controller == address(0) && _entries[nameHash].controller == address(0)) revert NotDelegated(name);
        Entry storage entry = _listed(name, nameHash);
        if (controller != entry.controller) {
            entry.controller = controller;
            entry.namesUsed = 0;
            ++entry.delegation;
        }
        entry.namesMax = namesMax;
        uint64 n = _commit(Op.Delegate, nameHash, abi.encode(controller, namesMax));
        emit Delegated(n, name, controller, namesMax);
    }

    // What the guardian may reduce, and the governor restore.

    /// @notice Until `until`, at most 7 days from now, nothing is published, delegated or cleared. By
    /// the guardian, 37 days after the last freeze began or later, whoever was guardian then.
    function freeze(uint64 until) external onlyGuardian {
        if (freezing.rests(block.timestamp)) revert FreezeRestsUntil(freezing.start + Reductions.CYCLE);
        Reductions.requireDuration(until);
        freezing = Reduction(uint64(block.timestamp), until, 0, epoch + 1);
        uint64 n = _commit(Op.Freeze, 0, abi.encode(freezing.start, until));
        emit Frozen(n, freezing.start, until);
    }

    /// @notice Ends the freeze at once. By the governor.
    function liftFreeze() external onlyGovernor {
        if (!freezing.stands(block.timestamp)) revert NotFrozen();
        freezing.lifted = uint64(block.timestamp);
        emit FreezeLifted(_commit(Op.LiftFreeze, 0, abi.encode(freezing.lifted)), freezing.lifted);
    }

    /// @notice Until `until`, at most 7 days from now, `name` and all below it are not served; `""` is
    /// everything. By the guardian, 37 days after the last halt of this very name began or later; see
    /// `isHalted` for how halts of a name and its ancestors go together.
    function halt(string calldata name, uint64 until) external onlyGuardian {
        if (bytes(name).length != 0) DomainName.requireOneName(name);
        Reductions.requireDuration(until);
        bytes32 nameHash = keccak256(bytes(name));
        if (_entries[nameHash].status == Status.Unknown && nameHash != DomainName.WHOLE_GATEWAY) {
            if (_guardianNames[msg.sender] == GUARDIAN_NAMES_MAX) {
                revert GuardianNamesExhausted(GUARDIAN_NAMES_MAX);
            }
            ++_guardianNames[msg.sender];
        }
        Entry storage entry = _listed(name, nameHash);
        if (entry.halt.rests(block.timestamp)) {
            revert HaltRestsUntil(name, entry.halt.start + Reductions.CYCLE);
        }
        entry.halt = Reduction(uint64(block.timestamp), until, 0, epoch + 1);
        uint64 n = _commit(Op.Halt, nameHash, abi.encode(uint64(block.timestamp), until));
        emit Halted(n, name, uint64(block.timestamp), until);
    }

    /// @notice Ends the halt of `name` at once. By the governor.
    function lift(string calldata name) external onlyGovernor {
        bytes32 nameHash = keccak256(bytes(name));
        Reduction storage halted = _entries[nameHash].halt;
        if (!halted.stands(block.timestamp)) revert NotHalted(name);
        halted.lifted = uint64(block.timestamp);
        emit HaltLifted(_commit(Op.LiftHalt, nameHash, abi.encode(halted.lifted)), name, halted.lifted);
    }

    // What this contract depends on and what follows it.

    /// @notice Names the registry of measurements. By the governor.
    function setMeasurementRegistry(address measurementRegistry_) external onlyGovernor {
        _setMeasurementRegistry(measurementRegistry_);
    }

    /// @notice Names the registry of enclaves. By the governor.
    function setEnclaveRegistry(address enclaveRegistry_) external onlyGovernor {
        enclaveRegistry = enclaveRegistry_;
        uint64 n = _commit(Op.SetEnclaveRegistry, 0, abi.encode(enclaveRegistry_));
        emit EnclaveRegistrySet(n, enclaveRegistry_);
    }

    /// @notice Names the contract in which nonces are seen. By the governor.
    function setHeartbeat(address heartbeat_) external onlyGovernor {
        heartbeat = heartbeat_;
        emit HeartbeatSet(_commit(Op.SetHeartbeat, 0, abi.encode(heartbeat_)), heartbeat_);
    }

    /// @notice Names the contract that follows this one. By the governor.
    function setSuccessor(address successor_) external onlyGovernor {
        successor = successor_;
        emit SuccessorSet(_commit(Op.SetSuccessor, 0, abi.encode(successor_)), successor_);
    }

    // Views: for people and contracts. An enclave reads proven slots instead.

    /// @notice The document of `name` and its hash; empty and 0 where it has none.
    function documentOf(string calldata name)
        external
        view
        returns (bytes32 documentHash, bytes memory document)
    {
        Entry storage entry = _entries[keccak256(bytes(name))];
        if (entry.status == Status.Published) return (entry.documentHash, _read(entry.document));
    }

    /// @notice All that is known of `name`.
    function entryOf(string calldata name) external view returns (Entry memory) {
        return _entries[keccak256(bytes(name))];
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

    /// @notice How many names were ever published, delegated or halted.
    function namesCount() external view returns (uint256) {
        return _names.length;
    }

    /// @notice Who may publish and withdraw `name` beside the governor: the controller of the longest
    /// delegated ancestor, or of the name itself; 0 where only the governor may.
    function controllerOf(string calldata name) external view returns (address) {
        DomainName.requireCanonical(name);
        return _entries[_delegationOf(name)].controller;
    }

    /// @notice Whether nothing may be published or delegated at the time `at`.
    function isFrozen(uint256 at) external view returns (bool) {
        return freezing.stands(at);
    }

    /// @notice Whether a halt keeps `name` from being served at the time `at`, not before the newest
    /// change. Of the halts of the name, its ancestors and `""` that began within the 37 days before
    /// `at`, only the first counts, also when it is over or was lifted: so no name is halted for longer
    /// than 7 days in 37, whatever chain of parents and guardians wants it, and a lift holds.
    function isHalted(string calldata name, uint256 at) external view returns (bool) {
        DomainName.requireCanonical(name);
        Reduction memory first;
        first = _earlier(_entries[DomainName.WHOLE_GATEWAY].halt, first, at);
        for (bytes calldata rest = DomainName.base(name); rest.length > 0; rest = DomainName.parent(rest)) {
            first = _earlier(_entries[keccak256(rest)].halt, first, at);
        }
        return first.stands(at);
    }

    function _earlier(Reduction memory halted, Reduction memory first, uint256 at)
        private
        pure
        returns (Reduction memory)
    {
        if (!halted.counts(at)) return first;
        return first.number == 0 || halted.number < first.number ? halted : first;
    }

    function _committed(Op op, bytes memory value) internal override {
        _commit(op, 0, value);
    }

    function _setMeasurementRegistry(address measurementRegistry_) private {
        measurementRegistry = measurementRegistry_;
        uint64 n = _commit(Op.SetMeasurementRegistry, 0, abi.encode(measurementRegistry_));
        emit MeasurementRegistrySet(n, measurementRegistry_);
    }

    /// @dev The entry of `name`, which is in the list from now on.
    function _listed(string calldata name, bytes32 nameHash) private returns (Entry storage entry) {
        entry = _entries[nameHash];
        if (entry.status == Status.Unknown) {
            entry.status = Status.Listed;
            _names.push(name);
        }
    }

    /// @dev The hash of the delegated name that decides over `name`; reverts unless its controller
    /// calls.
    function _requireDelegation(string calldata name) private view returns (bytes32 delegated) {
        delegated = _delegationOf(name);
        if (delegated == 0 || _entries[delegated].controller != msg.sender) {
            revert NotController(name, msg.sender);
        }
    }

    /// @dev The hash of the longest ancestor of `name`, or of the name itself, that is delegated; 0
    /// where none is. A wildcard stands below the name behind its `*.`; `""` stands below nothing.
    function _delegationOf(string calldata name) private view returns (bytes32) {
        for (bytes calldata rest = DomainName.base(name); rest.length > 0; rest = DomainName.parent(rest)) {
            bytes32 nameHash = keccak256(rest);
            if (_entries[nameHash].controller != address(0)) return nameHash;
        }
        return 0;
    }

    /// @dev Counts `nameHash` once for the delegation of `delegated`.
    function _charge(bytes32 delegated, bytes32 nameHash) private {
        Entry storage entry = _entries[delegated];
        bytes32 key = keccak256(abi.encode(delegated, entry.delegation, nameHash));
        if (_charged[key]) return;
        if (entry.namesUsed >= entry.namesMax) revert NamesExhausted(entry.namesMax);
        _charged[key] = true;
        ++entry.namesUsed;
    }
}
