package io.attestgate.collateral.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://pccs.example:8081",
                "https://cache.example/intel",
                "https://[2001:db8::1]:8081",
                "http://127.0.0.1:8081",
                "http://[::1]",
                "http://localhost/"
            })
    void httpsAnywhereAndHttpOnThisMachineAreServices(String url) {
        assertThat(Service.parse("--pccs", url).toOptional()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pccs.example",
                "http://pccs.example",
                "http://10.0.0.1:8081",
                "http://localhost.example",
                "http://127.0.0.1.example",
                "https://user:word@pccs.example",
                "https://pccs.example?x=1",
                "https://pccs.example#x",
                "ftp://pccs.example",
                "file:///etc/passwd",
                "https://pccs.example//",
                "https:///sgx"
            })
    void nothingElseIs(String url) {
        assertThat(Service.parse("--pccs", url).toOptional()).isEmpty();
    }

    @Test
    void theVendorsPathsFollowTheBase() {
        Service service =
                Service.parse("--kds", "https://a.example/kds/").toOptional().orElseThrow();
        assertThat(service.uri("/vcek/v1/Milan/crl"))
                .isEqualTo(URI.create("https://a.example/kds/vcek/v1/Milan/crl"));
    }

    @Test
    void aBaseThatIsNoneIsOurBug() {
        assertThatThrownBy(() -> new Service("http://a.example"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
