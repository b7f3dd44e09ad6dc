package io.attestgate.attest.sgx;

import io.attestgate.attest.device.Errno;
import io.attestgate.attest.device.ErrnoException;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code /dev/attestation}, played from Gramine's "Attestation and Secret Provisioning" (Low-level
 * interface), with an enclave's body as the processor has it.
 */
final class FakeGramine implements GramineFiles {
    private static final int TARGET_BYTES = 512;
    private static final int MR_ENCLAVE = 64;

    private final DcapPki pki;
    private final List<String> asked = new ArrayList<>();
    private final Set<String> absent = new HashSet<>();
    private byte[] reportData = new byte[64];
    private byte[] target = new byte[TARGET_BYTES];

    /** The enclave's report body, but for its data. */
    final byte[] body;

    String type = "dcap";
    byte[] key = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    /** What the host's quoting service puts in the place of the body that it was given. */
    interface Host {
        void changes(DcapQuote quote);
    }

    Host host = quote -> {};

    FakeGramine(DcapPki pki) {
        this.pki = pki;
        this.body = DcapQuote.of(pki, 3, DcapQuote.SGX).body.clone();
        Arrays.fill(body, MR_ENCLAVE, MR_ENCLAVE + 32, (byte) 0xe1);
    }

    /** Lets a file not be there. */
    void remove(String name) {
        absent.add(name);
    }

    /** Every file that was read. */
    List<String> asked() {
        return asked;
    }

    @Override
    public byte[] read(String name, int sizeBytesMax) throws ErrnoException {
        asked.add(name);
        if (absent.contains(name)) {
            throw ErrnoException.of("open " + name, Errno.ENOENT.number());
        }
        byte[] content =
                switch (name) {
                    // "contains the name of the attestation scheme used"
                    case "attestation_type" -> type.getBytes(StandardCharsets.US_ASCII);
                    // "will contain the target info of this enclave"
                    case "my_target_info" -> ownTarget();
                    // "will contain the SGX report"; the target must have been written.
                    case "report" -> report();
                    // "will contain the SGX quote"; the last report data that was written.
                    case "quote" -> quote();
                    // "a 16-byte raw binary value"
                    case "keys/_sgx_mrenclave" -> key.clone();
                    default -> throw ErrnoException.of("open " + name, Errno.ENOENT.number());
                };
        return content.length > sizeBytesMax ? Arrays.copyOf(content, sizeBytesMax + 1) : content;
    }

    private byte[] ownTarget() {
        byte[] own = new byte[TARGET_BYTES];
        System.arraycopy(body, MR_ENCLAVE, own, 0, 32);
        System.arraycopy(body, DcapQuote.SGX_ATTRIBUTES, own, 32, 16);
        return own;
    }

    private byte[] report() throws ErrnoException {
        if (!Arrays.equals(target, ownTarget())) {
            throw ErrnoException.of("read report", Errno.EACCES.number());
        }
        byte[] report = Arrays.copyOf(body, 432);
        System.arraycopy(reportData, 0, report, DcapQuote.SGX_REPORT_DATA, 64);
        return report;
    }

    private byte[] quote() {
        DcapQuote quote = DcapQuote.of(pki, 3, DcapQuote.SGX);
        System.arraycopy(body, 0, quote.body, 0, body.length);
        quote.reportData(reportData);
        host.changes(quote);
        return quote.make();
    }

    /** "user report data can be an arbitrary string of size 64B", "target info of size 512B". */
    @Override
    public void write(String name, byte[] content) throws ErrnoException {
        if (absent.contains(name)) {
            throw ErrnoException.of("open " + name, Errno.ENOENT.number());
        }
        switch (name) {
            case "user_report_data" -> reportData = Arrays.copyOf(content, 64);
            case "target_info" -> target = Arrays.copyOf(content, TARGET_BYTES);
            default -> throw ErrnoException.of("open " + name, Errno.EACCES.number());
        }
    }
}
