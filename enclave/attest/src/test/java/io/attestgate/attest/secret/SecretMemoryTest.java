package io.attestgate.attest.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class SecretMemoryTest {

    @Test
    void bytesThatAreMovedAreZeroOnTheHeap() {
        byte[] heap = {1, 2, 3};
        try (SecretMemory secret = SecretMemory.move(heap)) {
            assertThat(heap).containsOnly(0);
            assertThat(secret.sizeBytes()).isEqualTo(3);
            assertThat(secret.bytes().toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aHeapCopyThatIsLentIsZeroAfterwards() {
        List<byte[]> kept = new ArrayList<>();
        try (SecretMemory secret = SecretMemory.move(new byte[] {1, 2, 3})) {
            boolean lent = secret.lend(kept::add);
            assertThat(lent).isTrue();
            assertThat(kept.getFirst()).containsOnly(0);
        }
    }

    @Test
    void aHeapCopyIsZeroAlsoAfterAnException() {
        List<byte[]> kept = new ArrayList<>();
        try (SecretMemory secret = SecretMemory.move(new byte[] {1, 2, 3})) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(
                            () ->
                                    secret.lend(
                                            heap -> {
                                                kept.add(heap);
                                                throw new IOException("in the middle");
                                            }));
            assertThat(kept.getFirst()).containsOnly(0);
        }
    }

    @Test
    @SuppressWarnings("MustBeClosedChecker") // Closed twice, by hand.
    void aClosedSecretCannotBeRead() {
        SecretMemory secret = SecretMemory.allocate(32);
        secret.close();
        secret.close();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> secret.bytes().get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void aSecretHasNoText() {
        try (SecretMemory secret = SecretMemory.move(new byte[] {65, 66, 67})) {
            assertThat(secret).hasToString("SecretMemory[3 bytes]");
        }
    }

    @Test
    @SuppressWarnings("MustBeClosedChecker") // Never allocated.
    void aSizeOutOfBoundsIsABug() {
        for (int size : new int[] {-1, 0, 64 * 1024 + 1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> SecretMemory.allocate(size));
        }
    }

    /**
     * proc(5): of the mapping's VmFlags, lo is locked, dd is left out of dumps, dc is not forked.
     */
    @Test
    void theKernelHasThePagesLockedAndOutOfDumpsAndForks() throws IOException {
        try (SecretMemory secret = SecretMemory.allocate(SecretMemory.SIZE_BYTES_MAX)) {
            assertThat(flags(secret.bytes().address())).contains("lo", "dd", "dc");
        }
    }

    private static List<String> flags(long address) throws IOException {
        boolean within = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            String first = line.split(" ", 2)[0];
            if (first.matches("[0-9a-f]+-[0-9a-f]+")) {
                String[] range = first.toLowerCase(Locale.ROOT).split("-", 2);
                within =
                        Long.parseUnsignedLong(range[0], 16) <= address
                                && address < Long.parseUnsignedLong(range[1], 16);
            } else if (within && first.equals("VmFlags:")) {
                return List.of(line.substring(first.length()).strip().split(" "));
            }
        }
        throw new AssertionError("no mapping at " + address);
    }
}
