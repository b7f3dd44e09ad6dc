package io.attestgate.policy.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.policy.beacon.spec.ByteString;
import io.attestgate.policy.beacon.spec.SyncAggregate;
import io.attestgate.policy.beacon.spec.SyncCommittee;
import io.attestgate.wire.Hash32;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Arbitrary bytes are keys of the group or no committee, and no signature that anybody made. */
class CommitteeKeysFuzzTest {
    private static final int SIZE = 32;

    @FuzzTest(maxDuration = "60s")
    void points(byte[] bytes) {
        ByteString key = ByteString.of(Arrays.copyOf(bytes, SyncCommittee.KEY_BYTES));
        List<ByteString> keys = Collections.nCopies(SIZE, key);
        byte[] rest =
                Arrays.copyOfRange(
                        bytes,
                        Math.min(bytes.length, SyncCommittee.KEY_BYTES),
                        SyncCommittee.KEY_BYTES + SyncAggregate.SIGNATURE_BYTES);
        ByteString aggregate = ByteString.of(Arrays.copyOf(rest, SyncCommittee.KEY_BYTES));
        CommitteeKeys.validate(new SyncCommittee(keys, aggregate))
                .toOptional()
                .ifPresent(
                        valid ->
                                assertThat(
                                                valid.verify(
                                                        new SyncAggregate(
                                                                ByteString.of(
                                                                        new byte[] {1, 2, 3, 4}),
                                                                ByteString.of(
                                                                        Arrays.copyOf(
                                                                                rest,
                                                                                SyncAggregate
                                                                                        .SIGNATURE_BYTES))),
                                                        Hash32.ZERO))
                                        .isFalse());
    }
}
