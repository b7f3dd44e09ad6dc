package io.attestgate.verify.testpki;

import static io.attestgate.verify.testpki.DcapQuote.concat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An event log in the crypto-agile format with both banks, and what it extends. One thread. */
public final class TpmLog {
    private static final int NO_ACTION = 3;

    private final List<byte[]> events = new ArrayList<>();
    private final byte[][][] pcrs = new byte[2][24][];

    private TpmLog() {
        for (int pcr = 0; pcr < 24; pcr++) {
            pcrs[0][pcr] = new byte[32];
            pcrs[1][pcr] = new byte[48];
        }
    }

    /** A log of a machine that was started from that locality, and nothing measured yet. */
    public static TpmLog startedFrom(int locality) {
        TpmLog log = new TpmLog();
        if (locality > 0) {
            log.pcrs[0][0][31] = (byte) locality;
            log.pcrs[1][0][47] = (byte) locality;
            byte[] data =
                    concat(
                            "StartupLocality\0".getBytes(StandardCharsets.US_ASCII),
                            new byte[] {(byte) locality});
            log.append(0, NO_ACTION, new byte[32], new byte[48], data);
        }
        return log;
    }

    /** Measures these bytes. */
    public TpmLog measure(int pcr, int type, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        byte[] sha256 = TpmKey.digest(TpmKey.SHA256, bytes);
        byte[] sha384 = TpmKey.digest(TpmKey.SHA384, bytes);
        pcrs[0][pcr] = TpmKey.digest(TpmKey.SHA256, concat(pcrs[0][pcr], sha256));
        pcrs[1][pcr] = TpmKey.digest(TpmKey.SHA384, concat(pcrs[1][pcr], sha384));
        append(pcr, type, sha256, sha384, bytes);
        return this;
    }

    private void append(int pcr, int type, byte[] sha256, byte[] sha384, byte[] data) {
        events.add(
                concat(
                        number(4, pcr),
                        number(4, type),
                        number(4, 2),
                        number(2, TpmKey.SHA256),
                        sha256,
                        number(2, TpmKey.SHA384),
                        sha384,
                        number(4, data.length),
                        data));
    }

    /** What a PCR holds after all of it. */
    public byte[] pcr(int bank, int pcr) {
        return pcrs[bank == TpmKey.SHA384 ? 1 : 0][pcr].clone();
    }

    public byte[] bytes() {
        byte[] header =
                concat(
                        "Spec ID Event03\0".getBytes(StandardCharsets.US_ASCII),
                        new byte[4],
                        new byte[] {0, 2, 0, 2},
                        number(4, 2),
                        number(2, TpmKey.SHA256),
                        number(2, 32),
                        number(2, TpmKey.SHA384),
                        number(2, 48),
                        new byte[1]);
        return concat(
                number(4, 0),
                number(4, NO_ACTION),
                new byte[20],
                number(4, header.length),
                header,
                TpmKey.joined(events));
    }

    private static byte[] number(int size, int value) {
        byte[] four = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
        return java.util.Arrays.copyOf(four, size);
    }
}
