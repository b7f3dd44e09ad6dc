package io.attestgate.policy.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The vectors that the contract's own tests live through. */
class HeadChainTest {
    @Test
    void everyHeadOfTheVectorsIsComputedAlike() throws IOException {
        Json.Obj vectors = vectors();
        HeadChain chain =
                new HeadChain(
                        ((Json.Int) member(vectors, "chainId")).value(),
                        Address.parse(text(vectors, "contract")).orElseThrow());
        Hash32 head = HeadChain.ORIGIN;
        Json.Arr changes = (Json.Arr) member(vectors, "changes");

        assertThat(changes.elements()).hasSizeGreaterThan(15);
        for (Json one : changes.elements()) {
            Json.Obj vector = (Json.Obj) one;
            HeadChain.Change change = change(vector);
            assertThat(Hash32.of(Digests.keccak256(change.value())))
                    .isEqualTo(hash(vector, "valueHash"));
            head = chain.next(head, change);
            assertThat(head).as("head %d", change.n()).isEqualTo(hash(vector, "head"));
        }
    }

    @Test
    void theNameHashIsThatOfTheName() throws IOException {
        for (Json one : ((Json.Arr) member(vectors(), "changes")).elements()) {
            Json.Obj vector = (Json.Obj) one;
            if (member(vector, "name") instanceof Json.Text name) {
                assertThat(new PolicyName(name.value()).hash()).isEqualTo(hash(vector, "nameHash"));
            }
        }
    }

    private static HeadChain.Change change(Json.Obj vector) {
        return new HeadChain.Change(
                ((Json.Int) member(vector, "n")).value(),
                Math.toIntExact(((Json.Int) member(vector, "op")).value()),
                hash(vector, "nameHash"),
                Hex.parse(text(vector, "value")).orElseThrow(),
                Address.parse(text(vector, "actor")).orElseThrow());
    }

    private static Json.Obj vectors() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        ContractArtifact.class.getResourceAsStream("head-vectors.json"))) {
            return (Json.Obj)
                    JsonReader.parse(in.readAllBytes(), 1 << 20).toOptional().orElseThrow();
        }
    }

    private static Hash32 hash(Json.Obj object, String name) {
        return Hash32.parse(text(object, name)).orElseThrow();
    }

    private static String text(Json.Obj object, String name) {
        return ((Json.Text) member(object, name)).value();
    }

    private static Json member(Json.Obj object, String name) {
        return object.get(name).orElseThrow();
    }
}
