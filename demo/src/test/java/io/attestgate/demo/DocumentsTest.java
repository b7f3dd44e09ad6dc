package io.attestgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.document.PolicyDocuments;
import io.attestgate.policy.document.PolicyName;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DocumentsTest {
    private static final URI AUTHORITY = URI.create("https://localhost:14000/dir");

    @Test
    void theGatewaysDocumentIsWithoutFault() {
        for (byte[] document :
                List.of(
                        Documents.gateway(AUTHORITY, "simulated", "development"),
                        Documents.gateway(AUTHORITY, "tpm", "0x" + "11".repeat(32)))) {
            assertThat(PolicyDocuments.parseGateway(document).faults()).isEmpty();
        }
    }

    @Test
    void theDomainsDocumentIsWithoutFault() {
        PolicyName name = PolicyName.parse("app.demo.localhost").orElseThrow();
        byte[] document =
                Documents.domain(name.value(), URI.create("http://127.0.0.1:3000"), AUTHORITY);
        assertThat(PolicyDocuments.parseDomain(name, document).faults()).isEmpty();
    }
}
