// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DcapVerifierAdapter} from "../../main/solidity/DcapVerifierAdapter.sol";
import {Heartbeat} from "../../main/solidity/Heartbeat.sol";
import {IDcapVerifier} from "../../main/solidity/IDcapVerifier.sol";
import {Result} from "../../main/solidity/Result.sol";
import {GasSuite} from "./GasSuite.sol";

/// @notice A DCAP verifier that costs nothing: its output is the quote.
contract CheapDcap {
    function verifyAndAttestOnChain(bytes calldata quote)
        external
        payable
        returns (bool, bytes memory)
    {
        return (true, quote);
    }
}

/// @notice What every public function costs; gas.mjs holds the figures against gas.json.
contract GasTest is GasSuite {
    /// @dev The aim for one verification with every access cold.
    uint256 private constant VERIFY_MAX = 30_000;

    uint64 private constant UNTIL = NOW + 2 hours;

    function test_gasOfSignedResults() public {
        Result memory result = _result(1);
        bytes memory one = _signed(result);
        uint256 cold = _look(
            address(results),
            "SignedResults verify",
            abi.encodeCall(results.verify, (result, one, 60, true))
        );
        vm.assertLe(cold, VERIFY_MAX);
        _gas(
            STRANGER,
            address(results),
            "SignedResults consumeOnce",
            abi.encodeCall(results.consumeOnce, (result, one, 60, true))
        );
        (bytes32[] memory path, bytes memory many) = _batchOf1024(result);
        _look(
            address(results),
            "SignedResults verifyInBatch",
            abi.encodeCall(results.verifyInBatch, (result, path, many, 60, true))
        );
        _gas(
            STRANGER,
            address(results),
            "SignedResults consumeOnceInBatch",
            abi.encodeCall(results.consumeOnceInBatch, (result, path, many, 60, true))
        );
        _look(
            address(results),
            "SignedResults isConsumed",
            abi.encodeCall(results.isConsumed, (STRANGER, bytes32(0)))
        );
        _getter(address(results), "SignedResults", "policy");
    }

    function test_gasOfEnclaveRegistry() public {
        address to = address(enclaves);
        string[4] memory getters =
            ["ATTESTERS_DELAY", "LEASE_MAX", "VERIFIER_DELAY", "measurementRegistry"];
        for (uint256 i = 0; i < getters.length; ++i) {
            _getter(to, "EnclaveRegistry", getters[i]);
        }
        address signer = keys.addr(ENCLAVE);
        _look(to, "EnclaveRegistry isActive", abi.encodeCall(enclaves.isActive, (signer, NOW + 5)));
        _look(to, "EnclaveRegistry enclaveOf", abi.encodeCall(enclaves.enclaveOf, (signer)));
        _look(to, "EnclaveRegistry verifierOf", abi.encodeCall(enclaves.verifierOf, ("tdx")));
        bytes memory claim = abi.encode(_claim(NEXT, VOUCHED));
        uint256[] memory three = _three();
        bytes memory evidence = _attest(_two(three[0], three[1]), claim);
        _gas(
            STRANGER,
            to,
            "EnclaveRegistry register",
            abi.encodeCall(enclaves.register, (evidence, claim, _signClaim(NEXT, claim)))
        );
        _gas(GUARDIAN, to, "EnclaveRegistry revoke", abi.encodeCall(enclaves.revoke, (signer)));
        _gas(
            GOVERNOR,
            to,
            "EnclaveRegistry setVerifier",
            abi.encodeCall(enclaves.setVerifier, ("snp", attesters))
        );
        _gas(
            GUARDIAN,
            to,
            "EnclaveRegistry removeVerifier",
            abi.encodeCall(enclaves.removeVerifier, ("tdx"))
        );
        _roles(enclaves, "EnclaveRegistry");
    }

    function test_gasOfAttesterVerifier() public {
        address to = address(attesters);
        string[6] memory getters =
            ["ATTESTERS_MAX", "QUORUM_DELAY", "current", "pending", "quorums", "grounds"];
        for (uint256 i = 0; i < getters.length; ++i) {
            _getter(to, "AttesterVerifier", getters[i]);
        }
        uint256[] memory three = _three();
        bytes32[] memory ids = _ids(three);
        bytes memory evidence = _attest(_two(three[0], three[1]), "claim");
        _look(to, "AttesterVerifier verify", abi.encodeCall(attesters.verify, (evidence, "claim")));
        _look(to, "AttesterVerifier quorumOf", abi.encodeCall(attesters.quorumOf, (1)));
        bytes memory propose = abi.encodeCall(attesters.proposeQuorum, (3, ids));
        _gas(GOVERNOR, to, "AttesterVerifier proposeQuorum", propose);
        _gas(
            GUARDIAN,
            to,
            "AttesterVerifier removeAttester",
            abi.encodeCall(attesters.removeAttester, (ids[0]))
        );
        vm.prank(GOVERNOR);
        attesters.proposeQuorum(3, ids);
        bytes memory cancel = abi.encodeCall(attesters.cancelQuorum, ());
        _gas(GOVERNOR, to, "AttesterVerifier cancelQuorum", cancel);
        vm.warp(NOW + 2 days);
        bytes memory accept = abi.encodeCall(attesters.acceptQuorum, ());
        _gas(STRANGER, to, "AttesterVerifier acceptQuorum", accept);
        _roles(attesters, "AttesterVerifier");
    }

    function test_gasOfDcapVerifierAdapter() public {
        IDcapVerifier dcap = IDcapVerifier(address(new CheapDcap()));
        DcapVerifierAdapter adapter = new DcapVerifierAdapter(dcap, 1);
        address to = address(adapter);
        _getter(to, "DcapVerifierAdapter", "acceptedTcb");
        _getter(to, "DcapVerifierAdapter", "dcapVerifier");
        _getter(to, "DcapVerifierAdapter", "grounds");
        bytes32 measurement =
            keccak256(abi.encode("attestgate/measurement/v1", "tdx", new bytes(304), bytes32(0)));
        bytes memory claim = abi.encode(_claim(NEXT, measurement));
        bytes memory p = abi.encodePacked("attestgate/evidence/v1", hex"00", claim);
        bytes memory head = abi.encodePacked(uint16(4), uint16(2), uint8(0), bytes6(0));
        bytes memory output =
            abi.encodePacked(head, new bytes(520), abi.encode(sha256(p), keccak256(p)));
        _look(
            to,
            "DcapVerifierAdapter verify",
            abi.encodeCall(adapter.verify, (abi.encode(output, bytes32(0)), claim))
        );
    }

    function test_gasOfMeasurementRegistry() public {
        address to = address(measurements);
        _getter(to, "MeasurementRegistry", "GRACE_MAX");
        _getter(to, "MeasurementRegistry", "VALIDITY_MAX");
        _look(
            to,
            "MeasurementRegistry isTrusted",
            abi.encodeCall(measurements.isTrusted, (MEASURED, NOW))
        );
        _look(to, "MeasurementRegistry entryOf", abi.encodeCall(measurements.entryOf, (MEASURED)));
        _gas(
            GOVERNOR,
            to,
            "MeasurementRegistry allow",
            abi.encodeCall(measurements.allow, (keccak256("new"), "tdx", NOW + 30 days))
        );
        _gas(
            GOVERNOR,
            to,
            "MeasurementRegistry supersede",
            abi.encodeCall(measurements.supersede, (MEASURED, VOUCHED, 1 days))
        );
        _gas(
            GUARDIAN,
            to,
            "MeasurementRegistry revoke",
            abi.encodeCall(measurements.revoke, (MEASURED))
        );
        _roles(measurements, "MeasurementRegistry");
    }

    function test_gasOfHeartbeat() public {
        Heartbeat heartbeat = new Heartbeat();
        bytes32 nonce = keccak256("nonce");
        _gas(STRANGER, address(heartbeat), "Heartbeat beat", abi.encodeCall(heartbeat.beat, nonce));
        _look(address(heartbeat), "Heartbeat blockOf", abi.encodeCall(heartbeat.blockOf, (nonce)));
    }

    function test_gasOfReadingGatewayPolicy() public {
        address to = address(policy);
        string[13] memory getters = [
            "CONTROLLERS_NAMES_MAX",
            "DOCUMENT_BYTES_MAX",
            "GUARDIAN_NAMES_MAX",
            "HEAD_TYPE",
            "NAMES_MAX",
            "enclaveRegistry",
            "epoch",
            "freezing",
            "head",
            "heartbeat",
            "measurementRegistry",
            "namesCount",
            "successor"
        ];
        for (uint256 i = 0; i < getters.length; ++i) {
            _getter(to, "GatewayPolicy", getters[i]);
        }
        _look(to, "GatewayPolicy headAt", abi.encodeCall(policy.headAt, (1)));
        _look(to, "GatewayPolicy names", abi.encodeCall(policy.names, (0, 1)));
        _look(to, "GatewayPolicy entryOf", abi.encodeCall(policy.entryOf, ("a.example")));
        _look(to, "GatewayPolicy documentOf", abi.encodeCall(policy.documentOf, ("a.example")));
        _look(to, "GatewayPolicy controllerOf", abi.encodeCall(policy.controllerOf, ("a.example")));
        _look(to, "GatewayPolicy isHalted", abi.encodeCall(policy.isHalted, ("a.example", NOW)));
        _look(to, "GatewayPolicy isFrozen", abi.encodeCall(policy.isFrozen, (NOW)));
        bytes32 hash = keccak256('{"domain":"a.example"}');
        _look(to, "GatewayPolicy addressOf", abi.encodeCall(policy.addressOf, (hash, 22)));
    }

    function test_gasOfGovernedGatewayPolicy() public {
        address to = address(policy);
        bytes memory document = new bytes(1024);
        _gas(STRANGER, to, "GatewayPolicy store", abi.encodeCall(policy.store, (document)));
        _gas(
            GOVERNOR,
            to,
            "GatewayPolicy publish",
            abi.encodeCall(policy.publish, ("b.example", document))
        );
        _gas(GOVERNOR, to, "GatewayPolicy withdraw", abi.encodeCall(policy.withdraw, ("a.example")));
        _gas(
            GOVERNOR,
            to,
            "GatewayPolicy delegate",
            abi.encodeCall(policy.delegate, ("b.example", STRANGER, 3))
        );
        _gas(
            GOVERNOR,
            to,
            "GatewayPolicy setMeasurementRegistry",
            abi.encodeCall(policy.setMeasurementRegistry, (STRANGER))
        );
        _gas(
            GOVERNOR,
            to,
            "GatewayPolicy setEnclaveRegistry",
            abi.encodeCall(policy.setEnclaveRegistry, (STRANGER))
        );
        bytes memory heartbeat = abi.encodeCall(policy.setHeartbeat, (STRANGER));
        _gas(GOVERNOR, to, "GatewayPolicy setHeartbeat", heartbeat);
        bytes memory successor = abi.encodeCall(policy.setSuccessor, (STRANGER));
        _gas(GOVERNOR, to, "GatewayPolicy setSuccessor", successor);
        vm.prank(GOVERNOR);
        policy.withdraw("a.example");
        bytes memory clear = abi.encodeCall(policy.clearTombstone, ("a.example"));
        _gas(GOVERNOR, to, "GatewayPolicy clearTombstone", clear);
        _roles(policy, "GatewayPolicy");
    }

    function test_gasOfReducingGatewayPolicy() public {
        address to = address(policy);
        _gas(GUARDIAN, to, "GatewayPolicy freeze", abi.encodeCall(policy.freeze, (UNTIL)));
        _gas(GUARDIAN, to, "GatewayPolicy halt", abi.encodeCall(policy.halt, ("a.example", UNTIL)));
        vm.startPrank(GUARDIAN);
        policy.freeze(UNTIL);
        policy.halt("a.example", UNTIL);
        vm.stopPrank();
        _gas(GOVERNOR, to, "GatewayPolicy liftFreeze", abi.encodeCall(policy.liftFreeze, ()));
        _gas(GOVERNOR, to, "GatewayPolicy lift", abi.encodeCall(policy.lift, ("a.example")));
    }

    /// @dev A path of ten siblings, and the signature of its root.
    function _batchOf1024(Result memory result)
        private
        view
        returns (bytes32[] memory path, bytes memory signature)
    {
        path = new bytes32[](10);
        bytes32 root = _leaf(result);
        for (uint256 i = 0; i < path.length; ++i) {
            path[i] = keccak256(abi.encode(i));
            root = _node(root, path[i]);
        }
        signature = _signedBatch(root);
    }
}
