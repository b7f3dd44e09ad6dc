package io.attestgate.govern;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.peer.Anvil;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/** One life of a signer on a real chain: vouched for, active a day later, believed, revoked. */
@RequiresPeer("anvil")
final class RegistriesOnAnvilTest {
    private static final String DOMAIN =
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
    private static final String RESULT =
            "Result(address gateway,uint64 policyEpoch,bytes32 policyHead,bytes32 requestHash,"
                    + "bytes32 responseHash,bytes32 upstream,uint64 issuedAt,uint64 sequence)";
    private static final long CREATE_GAS = 6_000_000;
    private static final Duration DAY = Duration.ofDays(1).plusMinutes(1);
    private static final Hash32 MEASUREMENT = keccak("measurement");
    private static final ECKeyPair ENCLAVE = ECKeyPair.create(BigInteger.valueOf(0xe0));
    private static final ECKeyPair ATTESTER = ECKeyPair.create(BigInteger.valueOf(0xa1));

    private final DevnetKey governor = DevnetKey.parse(Anvil.KEYS.getFirst()).orElseThrow();

    @Test
    void anAttestedEnclaveIsBelievedFromADayLaterUntilItIsRevoked() throws Exception {
        try (Anvil anvil = Anvil.start();
                Endpoint rpc = new Endpoint(EndpointAccess.to(anvil.rpc()));
                Sender sender = Sender.open(EndpointAccess.to(anvil.rpc()), governor)) {
            Chain chain = deploy(rpc, sender);
            pass(rpc);
            register(chain);
            assertThat(believes(chain)).isFalse();
            pass(rpc);
            assertThat(believes(chain)).isTrue();
            chain.call(
                    "EnclaveRegistry",
                    chain.enclaves(),
                    "revoke(address)",
                    new AbiEncoder().address(account(ENCLAVE)));
            assertThat(believes(chain)).isFalse();
        }
    }

    private Chain deploy(Endpoint rpc, Sender sender) throws GovernException {
        Address measurements = create(sender, "MeasurementRegistry", roles());
        Address enclaves = create(sender, "EnclaveRegistry", roles().address(measurements));
        AbiEncoder quorum = roles().uint(1).uints(List.of(number(account(ATTESTER))));
        Address attesters = create(sender, "AttesterVerifier", quorum);
        AbiEncoder policyArguments =
                roles().address(measurements).address(enclaves).address(Address.ZERO);
        Address policy = create(sender, "GatewayPolicy", policyArguments);
        Address results = create(sender, "SignedResults", new AbiEncoder().address(policy));
        Chain chain = new Chain(rpc, sender, enclaves, attesters, policy, results);
        chain.call(
                "MeasurementRegistry",
                measurements,
                "allow(bytes32,string,uint64)",
                new AbiEncoder()
                        .bytes32(MEASUREMENT)
                        .string("nitro")
                        .uint(chain.time() + Duration.ofDays(30).toSeconds()));
        chain.call(
                "EnclaveRegistry",
                enclaves,
                "setVerifier(bytes32,address)",
                new AbiEncoder().bytes32(ascii("nitro")).address(attesters));
        return chain;
    }

    private static void register(Chain chain) throws GovernException {
        Json.Obj block = chain.block();
        byte[] claim =
                new AbiEncoder()
                        .bytes32(keccak("attestgate/registration/v1"))
                        .uint(Anvil.CHAIN_ID)
                        .address(chain.enclaves())
                        .address(account(ENCLAVE))
                        .bytes32(MEASUREMENT)
                        .bytes32(Hash32.ZERO)
                        .uint(Long.decode(text(block, "number")) - 1)
                        .bytes32(Hash32.parse(text(block, "parentHash")).orElseThrow())
                        .uint(chain.time() + Duration.ofDays(20).toSeconds())
                        .bytes32(keccak("nonce"))
                        .encode();
        byte[] attestation = sign(ATTESTER, chain.attesters(), "Attestation(bytes32 claim)", claim);
        byte[] signature = sign(ENCLAVE, chain.enclaves(), "Registration(bytes32 claim)", claim);
        chain.call(
                "EnclaveRegistry",
                chain.enclaves(),
                "register(bytes,bytes,bytes)",
                new AbiEncoder()
                        .bytes(new AbiEncoder().byteStrings(List.of(attestation)).encode())
                        .bytes(claim)
                        .bytes(signature));
    }

    /** Whether the newest result of the enclave counts for a contract that asks now. */
    private static boolean believes(Chain chain) throws GovernException {
        byte[] epoch = chain.view(chain.policy(), "epoch()").orElseThrow();
        byte[] head = chain.view(chain.policy(), "head()").orElseThrow();
        byte[] fields =
                new AbiEncoder()
                        .address(account(ENCLAVE))
                        .bytes32(Hash32.of(epoch))
                        .bytes32(Hash32.of(head))
                        .bytes32(keccak("request"))
                        .bytes32(keccak("response"))
                        .bytes32(keccak("upstream"))
                        .uint(chain.time())
                        .uint(1)
                        .encode();
        Hash32 structHash = hash(keccak(RESULT).bytes(), fields);
        byte[] signature = sign(ENCLAVE, digest(chain.results(), structHash));
        String signatureOfVerify =
                "verify((address,uint64,bytes32,bytes32,bytes32,bytes32,uint64,uint64),"
                        + "bytes,uint64,bool)";
        AbiEncoder arguments = new AbiEncoder();
        for (int at = 0; at < fields.length; at += Hash32.SIZE_BYTES) {
            arguments =
                    arguments.bytes32(
                            Hash32.of(Arrays.copyOfRange(fields, at, at + Hash32.SIZE_BYTES)));
        }
        arguments = arguments.bytes(signature).uint(3600).bool(true);
        Optional<byte[]> digest =
                chain.rpc().view(chain.results(), Call.of(signatureOfVerify, arguments));
        digest.ifPresent(
                found ->
                        assertThat(Hash32.of(found))
                                .isEqualTo(digest(chain.results(), structHash)));
        return digest.isPresent();
    }

    private static void pass(Endpoint rpc) throws GovernException {
        rpc.ask("evm_increaseTime", new Json.Int(DAY.toSeconds()));
        rpc.call("evm_mine");
        rpc.call("evm_mine");
    }

    private AbiEncoder roles() {
        return new AbiEncoder().address(governor.address()).address(Address.ZERO);
    }

    private static Address create(Sender sender, String name, AbiEncoder arguments)
            throws GovernException {
        ContractArtifact contract = ContractArtifact.load(name);
        Call init = Call.of(contract.bytecode(), arguments, CREATE_GAS);
        return sender.create(contract, init).created().orElseThrow();
    }

    private static byte[] sign(ECKeyPair key, Address contract, String type, byte[] claim) {
        byte[] claimHash = Digests.keccak256(claim);
        return sign(key, digest(contract, hash(keccak(type).bytes(), claimHash)));
    }

    private static byte[] sign(ECKeyPair key, Hash32 digest) {
        Sign.SignatureData signature = Sign.signMessage(digest.bytes(), key, false);
        byte[] whole = Arrays.copyOf(signature.getR(), 65);
        System.arraycopy(signature.getS(), 0, whole, 32, 32);
        whole[64] = signature.getV()[0];
        return whole;
    }

    private static Hash32 digest(Address contract, Hash32 structHash) {
        byte[] domain =
                new AbiEncoder()
                        .bytes32(keccak(DOMAIN))
                        .bytes32(keccak("Attestgate"))
                        .bytes32(keccak("1"))
                        .uint(Anvil.CHAIN_ID)
                        .address(contract)
                        .encode();
        return hash(new byte[] {0x19, 0x01}, Digests.keccak256(domain), structHash.bytes());
    }

    private static Address account(ECKeyPair key) {
        return Address.parse("0x" + Keys.getAddress(key)).orElseThrow();
    }

    private static BigInteger number(Address account) {
        return new BigInteger(1, account.bytes());
    }

    private static Hash32 ascii(String text) {
        return Hash32.of(
                Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), Hash32.SIZE_BYTES));
    }

    private static Hash32 keccak(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Hash32 hash(byte[]... parts) {
        return Hash32.of(Digests.keccak256(parts));
    }

    private static String text(Json.Obj object, String name) {
        return Endpoint.text(object, name).orElseThrow();
    }

    /** What was deployed, and the two ways to it. */
    private record Chain(
            Endpoint rpc,
            Sender sender,
            Address enclaves,
            Address attesters,
            Address policy,
            Address results) {

        void call(String name, Address to, String function, AbiEncoder arguments)
                throws GovernException {
            sender.call(ContractArtifact.load(name), to, Call.of(function, arguments));
        }

        Optional<byte[]> view(Address to, String function) throws GovernException {
            return rpc.view(to, Call.of(function, new AbiEncoder()));
        }

        /** The newest block; a rehearsal runs in it and looks back to its parent. */
        Json.Obj block() throws GovernException {
            return (Json.Obj)
                    rpc.ask("eth_getBlockByNumber", new Json.Text("latest"), new Json.Bool(false));
        }

        long time() throws GovernException {
            return Long.decode(text(block(), "timestamp"));
        }
    }
}
