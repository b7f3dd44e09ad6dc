// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DelegatedNames} from "../../main/solidity/DelegatedNames.sol";
import {GatewayPolicy} from "../../main/solidity/GatewayPolicy.sol";
import {PolicyLife} from "./PolicyLife.sol";
import {FuzzSelector} from "./Suite.sol";

/// @notice Lives a life of the policy one call at a time and keeps its own account of what must be
/// true: who was made governor, what every delegation has published, when freezes began.
contract PolicyHandler is PolicyLife {
    address public expectedGovernor = GOVERNOR;
    uint64 public expectedEpoch;
    uint256 public newestFreeze;
    bool public freezesCameTooSoon;

    /// @dev The most names any moment of a delegation granted, and the names it published, by name
    /// and number of the delegation.
    mapping(bytes32 => uint32) private _granted;
    mapping(bytes32 => uint32) private _published;
    mapping(bytes32 => bool) private _seen;

    /// @notice Delegations that published more names than were ever granted to them.
    uint256 public overdrawn;

    constructor() {
        setUp();
        expectedEpoch = policy.epoch();
    }

    function policyOf() external view returns (GatewayPolicy) {
        return policy;
    }

    /// @notice One call of somebody, some time later.
    function act(uint256 seed) external {
        _later(seed % 5 days);
        address caller = _caller(seed >> 64);
        string memory name = _name((seed >> 80) % NAMES);
        if (seed >> 88 & 7 == 0) _publishAs(caller, name, seed);
        else _anything(caller, seed >> 96);
    }

    /// @notice A controller publishes, since that is what grants are about.
    function publish(uint256 seed) external {
        address by = seed & 1 == 0 ? CONTROLLER : STRANGER;
        _publishAs(by, _name((seed >> 8) % NAMES), seed);
    }

    /// @notice The governor delegates, so that there is something to publish under.
    function delegate(uint256 seed) external {
        address to = seed & 1 == 0 ? CONTROLLER : STRANGER;
        vm.prank(policy.governor());
        try policy.delegate(_name((seed >> 8) % NAMES), to, uint32(1 + (seed >> 16) % 3)) {
            ++expectedEpoch;
            _noteGrants();
        } catch {}
    }

    function _publishAs(address by, string memory name, uint256 seed) private {
        bytes32 delegation = _delegationOver(name);
        vm.prank(by);
        try policy.publish(name, abi.encode(seed % 4)) {
            ++expectedEpoch;
            if (by != policy.governor()) _account(delegation, name);
        } catch {}
    }

    function _anything(address caller, uint256 seed) private {
        uint64 before = policy.epoch();
        address pending = policy.pendingGovernor();
        (uint64 freeze,,,) = policy.freezing();
        // Publishing is left to _publishAs, which counts.
        if (seed % 24 < 4) seed += 4 - seed % 24;
        bool success = _call(caller, seed);
        if (policy.epoch() != before) ++expectedEpoch;
        if (success && seed % 24 == 23 && caller == pending) expectedGovernor = pending;
        (uint64 newer,,,) = policy.freezing();
        if (newer != freeze && freeze != 0 && newer < freeze + 37 days) freezesCameTooSoon = true;
        _noteGrants();
    }

    function _noteGrants() private {
        for (uint256 i = 0; i < NAMES; ++i) {
            DelegatedNames.Entry memory entry = policy.entryOf(_name(i));
            bytes32 key = keccak256(abi.encode(_name(i), entry.delegation));
            if (entry.namesMax > _granted[key]) _granted[key] = entry.namesMax;
        }
    }

    function _account(bytes32 delegation, string memory name) private {
        bytes32 key = keccak256(abi.encode(delegation, name));
        if (_seen[key]) return;
        _seen[key] = true;
        if (++_published[delegation] > _granted[delegation]) ++overdrawn;
    }

    /// @dev The delegation that decides over `name`, found by comparing texts: the contract walks
    /// labels and hashes instead.
    function _delegationOver(string memory name) private view returns (bytes32 delegation) {
        uint256 longest = 0;
        for (uint256 i = 0; i < NAMES; ++i) {
            string memory ancestor = _name(i);
            DelegatedNames.Entry memory entry = policy.entryOf(ancestor);
            if (entry.controller == address(0) || !_covers(ancestor, name)) continue;
            if (bytes(ancestor).length < longest) continue;
            longest = bytes(ancestor).length;
            delegation = keccak256(abi.encode(ancestor, entry.delegation));
        }
    }

    /// @notice The controller over a name, found likewise.
    function expectedController(uint256 i) external view returns (address controller) {
        uint256 longest = 0;
        for (uint256 k = 0; k < NAMES; ++k) {
            address of_ = policy.entryOf(_name(k)).controller;
            bool longer = bytes(_name(k)).length >= longest;
            if (of_ == address(0) || !longer || !_covers(_name(k), _name(i))) continue;
            longest = bytes(_name(k)).length;
            controller = of_;
        }
    }

    function nameOf(uint256 i) external pure returns (string memory) {
        return _name(i);
    }

    /// @dev Whether `name` is `ancestor`, or ends in a dot and `ancestor`.
    function _covers(string memory ancestor, string memory name) private pure returns (bool) {
        bytes memory a = bytes(ancestor);
        bytes memory n = bytes(name);
        if (a.length == 0 || a.length > n.length) return false;
        for (uint256 i = 0; i < a.length; ++i) {
            if (a[a.length - 1 - i] != n[n.length - 1 - i]) return false;
        }
        return a.length == n.length || n[n.length - a.length - 1] == ".";
    }
}

/// @notice What is true after every call of every life.
contract PolicyInvariantsTest is PolicyLife {
    PolicyHandler private handler;

    function setUp() public override {
        handler = new PolicyHandler();
        policy = handler.policyOf();
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](3);
        selectors[0] = handler.act.selector;
        selectors[1] = handler.publish.selector;
        selectors[2] = handler.delegate.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev One campaign for all of them: each would live the same lives again.
    function invariant_allHoldAfterEveryCall() external view {
        _theEpochCountsEveryChangeAndTheHeadIsItsLast();
        _onlyWhomTheGovernorProposedEverGoverns();
        _noGuardianServesBeyondHisTermUnlessRenewed();
        _noTenantHasMoreNamesThanWereGranted();
        _theLongestDelegatedAncestorAtALabelDecides();
        _reductionsLast7DaysAtMostAndRest();
        _aNameHasADocumentExactlyWhileItIsPublished();
        _theListHasEveryKnownNameOnce();
    }

    function _theEpochCountsEveryChangeAndTheHeadIsItsLast() private view {
        vm.assertEq(policy.epoch(), handler.expectedEpoch());
        vm.assertEq(policy.headAt(policy.epoch()), policy.head());
        vm.assertEq(policy.headAt(policy.epoch() + 1), bytes32(0));
    }

    function _onlyWhomTheGovernorProposedEverGoverns() private view {
        vm.assertEq(policy.governor(), handler.expectedGovernor());
        vm.assertTrue(policy.governor() != address(0));
    }

    function _noGuardianServesBeyondHisTermUnlessRenewed() private view {
        vm.assertLe(policy.guardianTermEnd(), block.timestamp + 180 days);
    }

    function _noTenantHasMoreNamesThanWereGranted() private view {
        vm.assertEq(handler.overdrawn(), 0);
    }

    function _theLongestDelegatedAncestorAtALabelDecides() private view {
        for (uint256 i = 0; i < NAMES; ++i) {
            vm.assertEq(policy.controllerOf(_name(i)), handler.expectedController(i));
        }
    }

    function _reductionsLast7DaysAtMostAndRest() private view {
        vm.assertFalse(handler.freezesCameTooSoon());
        (uint64 start, uint64 until,,) = policy.freezing();
        vm.assertLe(until, start + 7 days);
        for (uint256 i = 0; i < NAMES; ++i) {
            DelegatedNames.Entry memory entry = policy.entryOf(_name(i));
            vm.assertLe(entry.halt.until, entry.halt.start + 7 days);
            vm.assertFalse(policy.isHalted(_name(i), block.timestamp + 44 days));
        }
    }

    function _aNameHasADocumentExactlyWhileItIsPublished() private view {
        for (uint256 i = 0; i < NAMES; ++i) {
            DelegatedNames.Entry memory entry = policy.entryOf(_name(i));
            bool published = entry.status == DelegatedNames.Status.Published;
            vm.assertTrue(published == (entry.documentHash != 0));
            vm.assertTrue(published == (entry.document != address(0)));
            vm.assertTrue(published == (entry.documentLength != 0));
            vm.assertTrue((entry.controller == address(0)) == (entry.namesMax == 0));
        }
    }

    function _theListHasEveryKnownNameOnce() private view {
        uint256 known = 0;
        for (uint256 i = 0; i < NAMES; ++i) {
            if (policy.entryOf(_name(i)).status != DelegatedNames.Status.Unknown) ++known;
        }
        vm.assertEq(policy.namesCount(), known);
        string[] memory listed = policy.names(0, known);
        for (uint256 i = 0; i < listed.length; ++i) {
            for (uint256 k = 0; k < i; ++k) {
                vm.assertTrue(keccak256(bytes(listed[i])) != keccak256(bytes(listed[k])));
            }
        }
    }
}
