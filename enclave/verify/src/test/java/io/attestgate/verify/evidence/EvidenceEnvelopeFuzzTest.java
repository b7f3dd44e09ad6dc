package io.attestgate.verify.evidence;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** An envelope is read from arbitrary bytes: a value that is read again as it was, or a fault. */
final class EvidenceEnvelopeFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void whatIsReadIsReadAgain(byte[] input) {
        EvidenceEnvelope.parse(input)
                .toOptional()
                .ifPresent(
                        envelope -> {
                            if (!EvidenceEnvelope.parse(envelope.toBytes())
                                    .toOptional()
                                    .filter(envelope::equals)
                                    .isPresent()) {
                                throw new AssertionError("written otherwise than read");
                            }
                        });
    }
}
