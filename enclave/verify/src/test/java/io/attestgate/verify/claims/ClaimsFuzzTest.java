package io.attestgate.verify.claims;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** Claims are read from arbitrary bytes: a value that writes the same bytes, or a fault. */
final class ClaimsFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void whatIsReadWritesTheSameBytes(byte[] input) {
        for (Role role : Role.values()) {
            Claims.parse(role, input).toOptional().ifPresent(claims -> same(claims, input));
        }
    }

    private static void same(Claims claims, byte[] input) {
        if (!Arrays.equals(claims.toBytes(), input)) {
            throw new AssertionError("another spelling was read as " + claims.role());
        }
    }
}
