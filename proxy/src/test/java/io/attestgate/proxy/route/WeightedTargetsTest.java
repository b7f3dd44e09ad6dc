package io.attestgate.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.document.Upstream;
import io.attestgate.policy.document.UpstreamTls;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightedTargetsTest {
    private static Upstream upstream(int port, int weight) {
        return new Upstream(URI.create("http://127.0.0.1:" + port), weight, new UpstreamTls.None());
    }

    @Test
    void everyRunOfRequestsIsDividedByTheWeights() {
        WeightedTargets targets =
                WeightedTargets.of(List.of(upstream(1, 5), upstream(2, 3), upstream(3, 2)));
        double[] shares = {0.5, 0.3, 0.2};
        int[] counts = new int[3];
        for (int n = 1; n <= 10_000; n++) {
            counts[targets.next().port() - 1]++;
            for (int i = 0; i < counts.length; i++) {
                assertThat(counts[i] - n * shares[i]).as("after %d", n).isBetween(-3.0, 3.0);
            }
        }
    }

    @Test
    void upstreamsThatAgreeInAllShareTheirConnections() {
        assertThat(UpstreamTarget.of(upstream(1, 5)))
                .isEqualTo(UpstreamTarget.of(upstream(1, 7)))
                .isNotEqualTo(UpstreamTarget.of(upstream(2, 5)));
    }
}
