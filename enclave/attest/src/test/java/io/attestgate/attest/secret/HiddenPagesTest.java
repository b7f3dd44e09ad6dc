package io.attestgate.attest.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the running kernel does with secret memory; where it hides none, it says why. */
final class HiddenPagesTest {

    /** As a debugger reads: through the kernel, by the address. */
    private static byte readByTheKernel(SecretMemory secret) throws IOException {
        try (RandomAccessFile memory = new RandomAccessFile("/proc/self/mem", "r")) {
            memory.seek(secret.bytes().address());
            return memory.readByte();
        }
    }

    @Test
    void theKernelCannotReadASecretForAnybody() throws IOException {
        assumeThat(HiddenPages.KERNEL.areThere()).as(HiddenPages.KERNEL.words()).isTrue();
        try (SecretMemory hidden = SecretMemory.move(new byte[] {42});
                SecretMemory seen = SecretMemory.allocateForKernel(1)) {
            seen.bytes().set(ValueLayout.JAVA_BYTE, 0, (byte) 42);
            assertThat(readByTheKernel(seen)).isEqualTo((byte) 42);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> readByTheKernel(hidden));
        }
    }

    @Test
    void aKernelThatHidesNothingSaysWhy() {
        assertThat(ProcessHardening.seen().secretMemory())
                .matches("memfd_secret|locked pages, since memfd_secret gave errno \\d+");
    }

    @Test
    @SuppressWarnings("MustBeClosedChecker") // Closed one by one.
    void aPageThatIsUsedAgainIsZero() {
        List<SecretMemory> all = new ArrayList<>();
        for (int i = 0; i < SparePages.PAGES_MAX + 8; i++) {
            all.add(SecretMemory.move(new byte[] {1, 2, 3}));
        }
        all.forEach(SecretMemory::close);
        for (int i = 0; i < SparePages.PAGES_MAX + 8; i++) {
            try (SecretMemory fresh = SecretMemory.allocate(SparePages.PAGE_BYTES)) {
                assertThat(fresh.bytes().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
            }
        }
    }

    @Test
    void noTwoSecretsShareAPage() {
        try (SecretMemory one = SecretMemory.allocate(32);
                SecretMemory other = SecretMemory.allocate(32)) {
            assertThat(one.bytes().address()).isNotEqualTo(other.bytes().address());
        }
    }
}
