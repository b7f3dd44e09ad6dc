package io.attestgate.attest.secret;

import com.google.errorprone.annotations.MustBeClosed;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Secret bytes outside the Java heap: locked, kept out of core dumps and child processes, zeroed
 * when closed.
 *
 * <p>The garbage collector copies what is on its heap and clears none of the copies, so a key that
 * must vanish lives here. It has one owner, who closes it; any thread may read it until then:
 *
 * <pre>{@code
 * try (SecretMemory key = SecretMemory.allocate(32)) {
 *     ...
 * } // zeroed and freed, also when the body throws
 * }</pre>
 *
 * <p>It limits the copies that we make. Java's own cryptography takes keys as arrays, so {@link
 * #lend} makes a heap copy and zeroes it again; what the provider copies from there stays until the
 * collector reuses the place.
 */
public final class SecretMemory implements AutoCloseable {
    /** The largest thing that a store seals. Each secret takes whole pages of 4 KiB. */
    public static final int SIZE_BYTES_MAX = 64 * 1024;

    private final Arena arena;
    private final MemorySegment bytes;

    private SecretMemory(Arena arena, MemorySegment bytes) {
        this.arena = arena;
        this.bytes = bytes;
    }

    /** What a caller does with a heap copy that lives as long as the call. */
    public interface Use<R, E extends Exception> {
        R apply(byte[] heapCopy) throws E;
    }

    /**
     * Allocates {@code sizeBytes} zero bytes.
     *
     * @throws IllegalArgumentException unless {@code sizeBytes} is 1 to 65,536
     * @throws OutOfLockedMemory if the system lets this process lock no more
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result owns the arena and closes it.
    public static SecretMemory allocate(int sizeBytes) {
        return of(LockedPages.allocate(requireSize(sizeBytes)), sizeBytes, LockedPages::release);
    }

    private static int requireSize(int sizeBytes) {
        if (sizeBytes < 1 || sizeBytes > SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "sizeBytes: %d (expected: 1 to %d)".formatted(sizeBytes, SIZE_BYTES_MAX));
        }
        return sizeBytes;
    }

    private interface Release {
        void of(long address, int sizeBytes);
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result owns the arena and closes it.
    private static SecretMemory of(long address, int sizeBytes, Release release) {
        Arena arena = Arena.ofShared();
        MemorySegment bytes =
                MemorySegment.ofAddress(address)
                        .reinterpret(
                                sizeBytes,
                                arena,
                                segment -> release.of(segment.address(), sizeBytes));
        return new SecretMemory(arena, bytes);
    }

    /**
     * The same, of pages that the kernel may write into for a driver that hands out a secret. Short
     * lived: what is kept is copied to pages that the kernel does not see, where it has such.
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result owns the arena and closes it.
    public static SecretMemory allocateForKernel(int sizeBytes) {
        return of(LockedPages.allocateSeen(requireSize(sizeBytes)), sizeBytes, LockedPages::free);
    }

    /** Moves bytes off the heap: copies them here and zeroes {@code heap}. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    public static SecretMemory move(byte[] heap) {
        SecretMemory secret = allocate(heap.length);
        MemorySegment.copy(heap, 0, secret.bytes, ValueLayout.JAVA_BYTE, 0, heap.length);
        Arrays.fill(heap, (byte) 0);
        return secret;
    }

    /** The live bytes. After {@link #close} every access throws {@link IllegalStateException}. */
    public MemorySegment bytes() {
        return bytes;
    }

    public int sizeBytes() {
        return (int) bytes.byteSize();
    }

    /** Lends a heap copy to {@code use} and zeroes it when that returns or throws. */
    public <R, E extends Exception> R lend(Use<R, E> use) throws E {
        byte[] heap = bytes.toArray(ValueLayout.JAVA_BYTE);
        try {
            return use.apply(heap);
        } finally {
            Arrays.fill(heap, (byte) 0);
        }
    }

    /** Zeroes, then frees. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (arena.scope().isAlive()) {
            bytes.fill((byte) 0);
            arena.close();
        }
    }

    /** The size alone: a secret has no text. */
    @Override
    public String toString() {
        return "SecretMemory[" + bytes.byteSize() + " bytes]";
    }
}
