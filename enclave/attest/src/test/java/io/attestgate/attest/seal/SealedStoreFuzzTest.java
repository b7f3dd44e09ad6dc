package io.attestgate.attest.seal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.attest.disk.FragileDisk;
import java.io.IOException;
import java.util.Arrays;

/** Arbitrary bytes as manifest and register: the store opens empty or says why it does not. */
final class SealedStoreFuzzTest {
    private static final int REGISTER_BYTES = 67;

    @FuzzTest(maxDuration = "60s")
    void arbitraryFilesOpenNothing(byte[] input) throws IOException {
        FragileDisk disk = new FragileDisk();
        int split = Math.min(input.length, REGISTER_BYTES);
        if (split > 0) {
            disk.write("register", Arrays.copyOf(input, split));
        }
        if (input.length > split) {
            disk.write("manifest", Arrays.copyOfRange(input, split, input.length));
        }
        try (SealedStore store = StoreFixture.open(disk)) {
            if (!store.purposes().isEmpty()) {
                throw new AssertionError("opened what nobody sealed");
            }
        } catch (SealException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("refused without a reason", e);
            }
        }
    }
}
