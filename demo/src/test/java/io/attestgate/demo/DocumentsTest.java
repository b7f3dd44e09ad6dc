package io.attestgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.document.PolicyDocuments;
import io.attestgate.policy.document.PolicyName;
import java.net.URI;
import org.junit.jupiter.api.Test;

final class DocumentsTest {
    private static final URI AUTHORITY = URI.create("https://localhost:14000/dir");

    @Test
    void theGatewaysDocumentIsWithoutFault() {
        assertThat(PolicyDocuments.parseGateway(Documents.gateway(AUTHORITY)).faults()).isEmpty();
    }

    @Test
    void theDomainsDocumentIsWithoutFault() {
        PolicyName name = PolicyName.parse("app.demo.localhost").orElseThrow();
        byte[] document =
                Documents.domain(name.value(), URI.create("http://127.0.0.1:3000"), AUTHORITY);
        assertThat(PolicyDocuments.parseDomain(name, document).faults()).isEmpty();
    }
}
