package io.attestgate.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.wire.Hostname;
import org.junit.jupiter.api.Test;

class PolicyNameTest {
    @Test
    void theThreeKindsOfNameAreRead() {
        assertThat(PolicyName.parse("")).contains(PolicyName.GATEWAY);
        assertThat(PolicyName.parse("a.example").flatMap(PolicyName::base))
                .contains(new Hostname("a.example"));
        assertThat(PolicyName.parse("*.a.example").flatMap(PolicyName::base))
                .contains(new Hostname("a.example"));
    }

    @Test
    void everyOtherSpellingIsNoName() {
        for (String other :
                new String[] {
                    "*",
                    "*.",
                    "**.a",
                    "a.*.example",
                    "A.example",
                    "a.example.",
                    ".a",
                    "a..b",
                    "-a.b",
                    "a_b",
                    "*.*.a",
                    "a b",
                    "x".repeat(64),
                    "a.".repeat(126) + "ab"
                }) {
            assertThat(PolicyName.parse(other)).as(other).isEmpty();
        }
    }

    @Test
    void aNameOf253CharactersIsTheLongest() {
        String longest = "a.".repeat(126) + "a";

        assertThat(PolicyName.parse(longest)).isPresent();
        assertThat(PolicyName.wildcardBelow(new Hostname(longest))).isEmpty();
    }
}
