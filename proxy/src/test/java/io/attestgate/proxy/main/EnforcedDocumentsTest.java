package io.attestgate.proxy.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.NameEntry;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.policy.snapshot.Enforcer;
import io.attestgate.policy.snapshot.SnapshotBuilder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EnforcedDocumentsTest {
    private static final PolicyPoint POINT =
            new PolicyPoint(
                    1, Address.ZERO, 1, Hash32.ZERO, 1, Hash32.ZERO, Instant.ofEpochSecond(1));

    @Test
    void onlyWhatTheSnapshotEnforcesStays() throws Exception {
        StoredDocument good =
                document(
                        """
                        {"authorities":["https://acme.example/dir"],"domain":"",\
                        "evidence":{"atLeast":1,"require":[{"kind":"simulated",\
                        "roots":["development"]}]},"instances":"any","platforms":["simulated"],\
                        "rollbackRisk":"accepted","tcbStates":["unjudged"]}\
                        """);
        StoredDocument bad = document("{}");
        PolicyReading reading =
                PolicyReading.of(
                        POINT,
                        Map.of(
                                PolicyName.GATEWAY,
                                NameEntry.published(good),
                                PolicyName.parse("a.example").orElseThrow(),
                                NameEntry.published(bad)));
        EnforcedDocuments documents = new EnforcedDocuments(() -> reading);
        assertThat(documents.byHash(good.hash())).isEmpty();

        PolicyReading read = documents.read();
        documents.keepOnlyThoseOf(
                new SnapshotBuilder(Enforcer.simulated(Enforcer.Rollback.UNPROTECTED))
                        .next(Optional.empty(), read));

        assertThat(documents.byHash(good.hash())).contains(good.bytes());
        assertThat(documents.byHash(bad.hash())).isEmpty();
    }

    private static StoredDocument document(String json) {
        return StoredDocument.of(json.getBytes(StandardCharsets.UTF_8));
    }
}
