package io.attestgate.verify.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.Vectors;
import io.attestgate.wire.Address;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class BindingTest {
    private static final Json VECTORS = Vectors.read("binding.json");

    @Test
    void theGpuDigestIsOverTheMembersInNumericOrder() {
        for (Json.Obj row : Vectors.rows(VECTORS, "gpuDigest")) {
            Map<String, CmwRecord> members = new TreeMap<>();
            ((Json.Obj) row.get("members").orElseThrow())
                    .members()
                    .forEach((name, value) -> members.put(name, member((Json.Text) value)));
            assertThat(GpuBinding.digest(members)).contains(Vectors.hash(row, "digest"));
        }
        assertThat(GpuBinding.digest(Map.of("cpu", CmwRecord.of("simulated", new byte[1]))))
                .isEmpty();
    }

    private static CmwRecord member(Json.Text value) {
        return CmwRecord.of("nvidia", Base64Url.parse(value.value()).orElseThrow());
    }

    @Test
    void theGpuNonceIsThatOfTheVectors() {
        for (Json.Obj row : Vectors.rows(VECTORS, "gpuNonce")) {
            Address signer = Address.parse(Vectors.text(row, "signingKey")).orElseThrow();
            Hash32 nonce =
                    GpuBinding.nonce(Vectors.hash(row, "nonce"), signer, Vectors.hash(row, "spki"));
            assertThat(nonce).isEqualTo(Vectors.hash(row, "gpuNonce"));
        }
    }

    @Test
    void anInstanceIsItsPlatformAndIdentityAndAMaskedOneIsNone() {
        for (Json.Obj row : Vectors.rows(VECTORS, "instance")) {
            assertThat(Instance.of(Vectors.text(row, "platform"), Vectors.hex(row, "identity")))
                    .isEqualTo(Vectors.textIn(row, "instance").flatMap(Hash32::parse));
        }
    }
}
