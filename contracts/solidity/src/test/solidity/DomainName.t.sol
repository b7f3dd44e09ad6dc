// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DomainName} from "../../main/solidity/DomainName.sol";
import {Suite} from "./Suite.sol";

/// @notice What a name is, held against the rule spelt a second way.
contract DomainNameTest is Suite {
    bytes private constant ALPHABET = "az09-.*A_";

    function canonical(string calldata name) external pure {
        DomainName.requireCanonical(name);
    }

    function one(string calldata name) external pure {
        DomainName.requireOneName(name);
    }

    function base(string calldata name) external pure returns (string memory) {
        return string(DomainName.base(name));
    }

    function parent(string calldata name) external pure returns (string memory) {
        return string(DomainName.parent(bytes(name)));
    }

    function test_namesOfTheOneFormAreTaken() public view {
        this.canonical("");
        this.canonical("a");
        this.canonical("app.example");
        this.canonical("*.example");
        this.canonical("0.1-2.x--y.xn--bcher-kva.example");
        this.canonical(string.concat(_label(63), ".example"));
        this.canonical(_ofLength(253));
        this.canonical(string.concat("*.", _ofLength(251)));
    }

    function test_aFaultIsShownWhereItBegins() public {
        _malformed(".", 0);
        _malformed("app.example.", 12);
        _malformed("app..example", 4);
        _malformed(".app", 0);
        _malformed("App.example", 0);
        _malformed("app.exaMple", 7);
        _malformed("-app.example", 0);
        _malformed("app-.example", 3);
        _malformed("app.example-", 11);
        _malformed("a_b.example", 1);
        _malformed("a b.example", 1);
        _malformed(unicode"bücher.example", 1);
        _malformed("app.example:443", 11);
        _malformed(string.concat(_label(64), ".example"), 63);
    }

    function test_aWildcardStandsInFrontOnlyAndBeforeAName() public {
        _malformed("*", 0);
        _malformed("*.", 2);
        _malformed("*.*.example", 2);
        _malformed("a.*.example", 2);
        _malformed("*a.example", 0);
        _malformed("**.example", 0);
        _malformed("*.-a", 2);
    }

    function test_aNameLongerThanAnyIsRefused() public {
        string memory name = _ofLength(254);
        vm.expectRevert(abi.encodeWithSelector(DomainName.NameTooLong.selector, 254));
        this.canonical(name);
        name = string.concat("*.", _ofLength(252));
        vm.expectRevert(abi.encodeWithSelector(DomainName.NameTooLong.selector, 254));
        this.canonical(name);
    }

    function test_oneNameIsNeitherEverythingNorAWildcard() public {
        this.one("app.example");
        vm.expectRevert(abi.encodeWithSelector(DomainName.NotOneName.selector, ""));
        this.one("");
        vm.expectRevert(abi.encodeWithSelector(DomainName.NotOneName.selector, "*.example"));
        this.one("*.example");
    }

    function test_parentsAreCutAtLabels() public view {
        vm.assertEq(this.parent("b.a.example"), "a.example");
        vm.assertEq(this.parent("evila.example"), "example");
        vm.assertEq(this.parent("example"), "");
        vm.assertEq(this.parent(""), "");
        vm.assertEq(this.base("*.a.example"), "a.example");
        vm.assertEq(this.base("a.example"), "a.example");
    }

    function testFuzz_theRuleHoldsForEveryShortText(bytes calldata seed, bool wildcard)
        public
        view
    {
        string memory name = _fromAlphabet(seed, wildcard ? "*." : "");
        try this.canonical(name) {
            vm.assertTrue(_isCanonical(bytes(name)), name);
        } catch {
            vm.assertFalse(_isCanonical(bytes(name)), name);
        }
    }

    function testFuzz_arbitraryBytesAreTakenOnlyByTheRule(bytes calldata any) public view {
        try this.canonical(string(any)) {
            vm.assertTrue(_isCanonical(any));
        } catch {
            vm.assertFalse(_isCanonical(any));
        }
    }

    function _malformed(string memory name, uint256 position) private {
        vm.expectRevert(abi.encodeWithSelector(DomainName.MalformedName.selector, name, position));
        this.canonical(name);
    }

    function _fromAlphabet(bytes calldata seed, string memory prefix)
        private
        pure
        returns (string memory)
    {
        bytes memory name = new bytes(seed.length);
        for (uint256 i = 0; i < seed.length; ++i) {
            name[i] = ALPHABET[uint8(seed[i]) % ALPHABET.length];
        }
        return string(bytes.concat(bytes(prefix), name));
    }

    /// @dev The rule read from the end: each label is judged where the next begins.
    function _isCanonical(bytes memory name) private pure returns (bool) {
        if (name.length == 0) return true;
        if (name.length > 253) return false;
        uint256 first = name.length >= 2 && name[0] == "*" && name[1] == "." ? 2 : 0;
        uint256 size = 0;
        for (uint256 i = name.length; i > first; --i) {
            bytes1 char = name[i - 1];
            if (char == ".") {
                if (size == 0 || name[i] == "-") return false;
                size = 0;
                continue;
            }
            bool alphanumeric = (char >= 0x30 && char <= 0x39) || (char >= 0x61 && char <= 0x7a);
            if (!alphanumeric && (char != "-" || size == 0)) return false;
            if (++size > 63) return false;
        }
        return size > 0 && name[first] != "-";
    }

    function _label(uint256 length) private pure returns (string memory) {
        bytes memory label = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            label[i] = "x";
        }
        return string(label);
    }

    function _ofLength(uint256 length) private pure returns (string memory) {
        bytes memory name = bytes(_label(length));
        for (uint256 i = 50; i < length - 1; i += 50) {
            name[i] = ".";
        }
        return string(name);
    }
}
