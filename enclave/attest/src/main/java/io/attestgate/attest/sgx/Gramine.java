package io.attestgate.attest.sgx;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.device.Errno;
import io.attestgate.attest.device.ErrnoException;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.dcap.Quote;
import io.attestgate.verify.dcap.SgxReport;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What Gramine answers inside an enclave.
 *
 * <p>Report data and target are global to the process, so one question is asked at a time: one
 * object of this class per process.
 */
final class Gramine {
    /** EREPORT's structure: the body, a key id and a MAC (Intel SDM, volume 3, 36.15). */
    private static final int REPORT_BYTES = 432;

    /** TARGETINFO (Intel SDM, volume 3, 36.16). */
    private static final int TARGET_BYTES = 512;

    /** A 128-bit key of EGETKEY. */
    private static final int KEY_BYTES = 16;

    private static final int TYPE_BYTES_MAX = 16;
    private static final String DCAP = "dcap";

    private static final String REPORT_DATA = "user_report_data";

    /** Never {@code _sgx_mrsigner}: whoever holds the signer's key could read what that seals. */
    private static final String KEY = "keys/_sgx_mrenclave";

    private final GramineFiles files;

    Gramine(GramineFiles files) {
        this.files = files;
    }

    /** Accepts an enclave whose manifest asks for quotes that this release judges. */
    void requireDcap() throws PlatformException {
        byte[] type = read("attestation_type", TYPE_BYTES_MAX);
        String found = new String(type, StandardCharsets.US_ASCII).strip();
        if (!found.equals(DCAP)) {
            throw new PlatformException(
                    ("attestation_type: \"%s\" (expected: \"%s\", as sgx.remote_attestation in the"
                                    + " manifest)")
                            .formatted(found, DCAP));
        }
    }

    /** What the processor says of this enclave, by no way over the host. */
    synchronized SgxReport own() throws PlatformException {
        write(REPORT_DATA, new byte[ReportData.SIZE_BYTES]);
        write("target_info", exactly("my_target_info", TARGET_BYTES));
        byte[] report = exactly("report", REPORT_BYTES);
        return good(SgxReport.parse(Arrays.copyOf(report, SgxReport.SIZE_BYTES)));
    }

    /** A quote over those 64 bytes, as the host's quoting service gave it. */
    synchronized byte[] quote(byte[] data) throws PlatformException {
        write(REPORT_DATA, data);
        return read("quote", Quote.SIZE_BYTES_MAX);
    }

    /** The key that this very enclave has on this processor, and no other. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    SecretMemory key() throws PlatformException {
        byte[] key = exactly(KEY, KEY_BYTES);
        boolean isZero = Arrays.equals(key, new byte[KEY_BYTES]);
        SecretMemory moved = SecretMemory.move(key);
        if (isZero) {
            moved.close();
            throw new PlatformException(KEY + ": zero (expected: a key)");
        }
        return moved;
    }

    static <T> T good(Parsed<T> parsed) throws PlatformException {
        return switch (parsed) {
            case Parsed.Good<T> good -> good.value();
            case Parsed.Bad<T> bad ->
                    throw new PlatformException("gramine: " + bad.faults().getFirst());
        };
    }

    private byte[] exactly(String name, int sizeBytes) throws PlatformException {
        byte[] content = read(name, sizeBytes);
        if (content.length != sizeBytes) {
            throw new PlatformException(
                    "%s: %d bytes (expected: %d)".formatted(name, content.length, sizeBytes));
        }
        return content;
    }

    private byte[] read(String name, int sizeBytesMax) throws PlatformException {
        try {
            return files.read(name, sizeBytesMax);
        } catch (ErrnoException e) {
            throw failed(e);
        }
    }

    private void write(String name, byte[] content) throws PlatformException {
        try {
            files.write(name, content);
        } catch (ErrnoException e) {
            throw failed(e);
        }
    }

    private static PlatformException failed(ErrnoException e) {
        return new PlatformException(
                "gramine: %s (expected: %s)".formatted(e.getMessage(), expected(e.errno())), e);
    }

    /** EACCES is what Gramine answers when the host's quoting service failed. */
    private static String expected(Errno errno) {
        return switch (errno) {
            case ENOENT -> "an enclave of Gramine 1.5 or later, with remote attestation";
            case EACCES -> "a host with a quoting service";
            default -> "an answer";
        };
    }
}
