package io.attestgate.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathMatchTest {
    @Test
    void aPrefixEndsAtASegmentBoundary() {
        PathMatch api = new PathMatch.Prefix("/api");

        assertThat(api.matches("/api")).isTrue();
        assertThat(api.matches("/api/")).isTrue();
        assertThat(api.matches("/api/v1")).isTrue();
        assertThat(api.matches("/apis")).isFalse();
        assertThat(api.matches("/")).isFalse();
        assertThat(api.matches("/v1/api")).isFalse();
    }

    @Test
    void theRootPrefixMatchesEveryPathAndNoOtherTarget() {
        PathMatch root = new PathMatch.Prefix("/");

        assertThat(root.matches("/")).isTrue();
        assertThat(root.matches("/any/thing")).isTrue();
        assertThat(root.matches("*")).isFalse();
    }

    @Test
    void anExactPathMatchesItselfAlone() {
        PathMatch exact = new PathMatch.Exact("/api");

        assertThat(exact.matches("/api")).isTrue();
        assertThat(exact.matches("/api/")).isFalse();
    }
}
