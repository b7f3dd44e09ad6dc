package io.attestgate.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The digests that an enclave signs, as the contracts' own tests arrive at them. */
final class ResultVectorsTest {
    private static final String RESULT =
            "Result(address gateway,uint64 policyEpoch,bytes32 policyHead,bytes32 requestHash,"
                    + "bytes32 responseHash,bytes32 upstream,uint64 issuedAt,uint64 sequence)";
    private static final String DOMAIN =
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";

    private Json.Obj vectors;

    @BeforeEach
    void read() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        ContractArtifact.class.getResourceAsStream("result-vectors.json"))) {
            vectors =
                    (Json.Obj)
                            JsonReader.parse(in.readAllBytes(), 1 << 20).toOptional().orElseThrow();
        }
    }

    @Test
    void everyResultHasItsDigestAndIsInTheBatch() {
        for (Json one : ((Json.Arr) member(vectors, "results")).elements()) {
            Json.Obj result = (Json.Obj) one;
            Hash32 structHash = structHash(result);
            assertThat(structHash).isEqualTo(hash(result, "structHash"));
            assertThat(digest(address(vectors, "contract"), structHash))
                    .isEqualTo(hash(result, "digest"));
            Hash32 node = keccak(new byte[] {0}, structHash.bytes());
            for (Json sibling : ((Json.Arr) member(result, "path")).elements()) {
                String hex = ((Json.Text) sibling).value();
                node = node(node, Hash32.parse(hex).orElseThrow());
            }
            assertThat(node).isEqualTo(hash((Json.Obj) member(vectors, "batch"), "root"));
        }
    }

    @Test
    void theBatchHasItsDigest() {
        Json.Obj batch = (Json.Obj) member(vectors, "batch");
        Hash32 structHash =
                keccak(
                        new AbiEncoder()
                                .bytes32(keccak("ResultBatch(address gateway,bytes32 root)"))
                                .address(address(batch, "gateway"))
                                .bytes32(hash(batch, "root"))
                                .encode());
        assertThat(structHash).isEqualTo(hash(batch, "structHash"));
        assertThat(digest(address(vectors, "contract"), structHash))
                .isEqualTo(hash(batch, "digest"));
    }

    @Test
    void aRegistrationAndItsAttestationHaveTheirDigests() {
        Json.Obj registration = (Json.Obj) member(vectors, "registration");
        Json.Obj attestation = (Json.Obj) member(vectors, "attestation");
        Hash32 claim = keccak(Hex.parse(text(registration, "claim")).orElseThrow());
        assertThat(
                        digest(
                                address(registration, "registry"),
                                ofClaim("Registration(bytes32 claim)", claim)))
                .isEqualTo(hash(registration, "digest"));
        assertThat(
                        digest(
                                address(attestation, "verifier"),
                                ofClaim("Attestation(bytes32 claim)", claim)))
                .isEqualTo(hash(attestation, "digest"));
    }

    private static Hash32 structHash(Json.Obj result) {
        return keccak(
                new AbiEncoder()
                        .bytes32(keccak(RESULT))
                        .address(address(result, "gateway"))
                        .uint(number(result, "policyEpoch"))
                        .bytes32(hash(result, "policyHead"))
                        .bytes32(hash(result, "requestHash"))
                        .bytes32(hash(result, "responseHash"))
                        .bytes32(hash(result, "upstream"))
                        .uint(number(result, "issuedAt"))
                        .uint(number(result, "sequence"))
                        .encode());
    }

    private static Hash32 ofClaim(String type, Hash32 claim) {
        return keccak(new AbiEncoder().bytes32(keccak(type)).bytes32(claim).encode());
    }

    private Hash32 digest(Address contract, Hash32 structHash) {
        Hash32 domain =
                keccak(
                        new AbiEncoder()
                                .bytes32(keccak(DOMAIN))
                                .bytes32(keccak("Attestgate"))
                                .bytes32(keccak("1"))
                                .uint(number(vectors, "chainId"))
                                .address(contract)
                                .encode());
        return keccak(new byte[] {0x19, 0x01}, domain.bytes(), structHash.bytes());
    }

    private static Hash32 node(Hash32 left, Hash32 right) {
        boolean ordered = Arrays.compareUnsigned(left.bytes(), right.bytes()) < 0;
        Hash32 min = ordered ? left : right;
        Hash32 max = ordered ? right : left;
        return keccak(new byte[] {1}, min.bytes(), max.bytes());
    }

    private static Hash32 keccak(byte[]... parts) {
        return Hash32.of(Digests.keccak256(parts));
    }

    private static Hash32 keccak(String text) {
        return keccak(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Hash32 hash(Json.Obj object, String name) {
        return Hash32.parse(text(object, name)).orElseThrow();
    }

    private static Address address(Json.Obj object, String name) {
        return Address.parse(text(object, name)).orElseThrow();
    }

    private static long number(Json.Obj object, String name) {
        return ((Json.Int) member(object, name)).value();
    }

    private static String text(Json.Obj object, String name) {
        return ((Json.Text) member(object, name)).value();
    }

    private static Json member(Json.Obj object, String name) {
        return object.get(name).orElseThrow();
    }
}
