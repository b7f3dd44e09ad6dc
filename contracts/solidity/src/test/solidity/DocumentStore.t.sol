// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DocumentStore} from "../../main/solidity/DocumentStore.sol";
import {Suite} from "./Suite.sol";

contract Store is DocumentStore {
    function read(address at) external view returns (bytes memory) {
        return _read(at);
    }
}

/// @notice Documents as contract code, byte by byte.
contract DocumentStoreTest is Suite {
    Store private store;

    function setUp() public {
        store = new Store();
    }

    function test_theCodeIsAZeroByteAndTheDocument() public {
        bytes memory document = '{"domain":""}';
        (bytes32 hash, address at) = store.store(document);
        vm.assertEq(hash, keccak256(document));
        vm.assertEq(at.code, bytes.concat(hex"00", document));
        vm.assertEq(store.read(at), document);
    }

    function test_theAddressFollowsFromTheInitCodeOfTheFormat() public {
        (, address at) = store.store("{}");
        bytes memory init = hex"61000380600a3d393df3007b7d";
        bytes32 preimage =
            keccak256(abi.encodePacked(hex"ff", address(store), keccak256("{}"), keccak256(init)));
        vm.assertEq(at, address(uint160(uint256(preimage))));
    }

    function test_aDocumentIsKeptOnceWhoeverStoresIt() public {
        (, address at) = store.store("{}");
        vm.prank(address(0xd0));
        (, address again) = store.store("{}");
        vm.assertEq(again, at);
    }

    function test_aDocumentIsFoundByItsHashAndItsLength() public {
        bytes32 hash = keccak256("{}");
        vm.assertEq(store.addressOf(hash, 2), address(0));
        (, address at) = store.store("{}");
        vm.assertEq(store.addressOf(hash, 2), at);
        vm.assertEq(store.addressOf(hash, 1), address(0));
        vm.assertEq(store.addressOf(hash, 3), address(0));
    }

    function test_aLengthThatOverflowsFindsNothing() public {
        store.store("{}");
        vm.assertEq(store.addressOf(keccak256("{}"), type(uint256).max), address(0));
    }

    function test_whoeverCallsADocumentGetsNothing() public {
        (, address at) = store.store(hex"60016001f3");
        (bool success, bytes memory answer) = at.call("");
        vm.assertTrue(success);
        vm.assertEq(answer.length, 0);
    }

    function test_theLargestDocumentFillsTheLargestCode() public {
        bytes memory document = new bytes(24_575);
        document[24_574] = "x";
        (, address at) = store.store(document);
        vm.assertEq(at.code.length, 24_576);
        vm.assertEq(keccak256(store.read(at)), keccak256(document));
    }

    function test_anEmptyAndATooLongDocumentAreRefused() public {
        vm.expectRevert(abi.encodeWithSelector(DocumentStore.EmptyDocument.selector));
        store.store("");
        bytes memory document = new bytes(24_576);
        vm.expectRevert(abi.encodeWithSelector(DocumentStore.DocumentTooLong.selector, 24_576));
        store.store(document);
    }

    function testFuzz_whatIsStoredIsReadBack(bytes calldata document) public {
        vm.assume(document.length > 0);
        (bytes32 hash, address at) = store.store(document);
        vm.assertEq(hash, keccak256(document));
        vm.assertEq(store.read(at), document);
        vm.assertEq(store.addressOf(hash, document.length), at);
    }
}
