package io.attestgate.verify.eventlog;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A log of firmware and boot loader in the crypto-agile format (TCG PC Client Platform Firmware
 * Profile, 10.2), as TPMs and, under the name CCEL, trust domains have it.
 *
 * @param events in the order in which they were measured, without those of type {@code
 *     EV_NO_ACTION}, which measure nothing
 * @param startupLocality where the machine was started from, 0, 3 or 4: what PCR 0 of a TPM begins
 *     with (10.4.5.3); trust domains have none
 */
public record TcgLog(List<LogEvent> events, int startupLocality) {
    /** The largest known log, with the padding that its table reserves, has 256 KiB. */
    public static final int SIZE_BYTES_MAX = 1024 * 1024;

    private static final long NO_ACTION = 3;
    private static final int SHA1_BYTES = 20;
    private static final int ALGORITHMS_MAX = 8;
    private static final int REGISTERS_MAX = 32;
    private static final byte[] SIGNATURE =
            "Spec ID Event03\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private static final byte[] LOCALITY =
            "StartupLocality\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** The end of a log whose buffer is longer. */
    private static final long END = 0xffff_ffffL;

    public TcgLog {
        events = List.copyOf(events);
    }

    /** The banks of a log, by their TPM_ALG_ID. */
    public enum Bank {
        SHA256(0x000b, "SHA-256"),
        SHA384(0x000c, "SHA-384");

        private final int id;
        private final String algorithm;

        Bank(int id, String algorithm) {
            this.id = id;
            this.algorithm = algorithm;
        }

        /** The name of the hash function, as the JCA has it. */
        String algorithm() {
            return algorithm;
        }
    }

    /** Reads the events of one bank; each must have its digest. */
    public static Parsed<TcgLog> parse(byte[] bytes, Bank bank) {
        if (bytes.length > SIZE_BYTES_MAX) {
            return Parsed.bad(new Fault("event log", bytes.length + " bytes", "at most 1 MiB"));
        }
        try {
            return Parsed.good(read(ByteReader.of(bytes), bank));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    private static TcgLog read(ByteReader reader, Bank bank) throws MalformedException {
        Map<Integer, Integer> digestSizes = header(reader);
        List<LogEvent> events = new ArrayList<>();
        int startupLocality = 0;
        while (reader.remaining() > 0) {
            long register = reader.uint32("register");
            if (register == END) {
                break;
            }
            long type = reader.uint32("event type");
            if (register == 0 && type == 0 && isPadding(reader)) {
                break;
            }
            Octets digest = digest(reader, digestSizes, bank);
            Octets data = Octets.of(reader.bytes32("event"));
            if (register >= REGISTERS_MAX) {
                throw new MalformedException("register", Long.toString(register), "below 32");
            }
            if (type != NO_ACTION) {
                events.add(new LogEvent((int) register, type, digest, data));
            } else if (isLocality(register, data)) {
                startupLocality = locality(data.at(LOCALITY.length));
            }
        }
        return new TcgLog(events, startupLocality);
    }

    private static boolean isLocality(long register, Octets data) {
        return register == 0
                && data.size() == LOCALITY.length + 1
                && Arrays.equals(Arrays.copyOf(data.bytes(), LOCALITY.length), LOCALITY);
    }

    private static int locality(int locality) throws MalformedException {
        if (locality != 0 && locality != 3 && locality != 4) {
            throw new MalformedException(
                    "startup locality", Integer.toString(locality), "0, 3 or 4");
        }
        return locality;
    }

    /** Zero bytes to the end are what a table reserves and no event uses. */
    private static boolean isPadding(ByteReader reader) throws MalformedException {
        reader.padding("event log");
        return true;
    }

    /** The first event, of the older format, says which digests the others carry. */
    private static Map<Integer, Integer> header(ByteReader reader) throws MalformedException {
        reader.skip("register", 4);
        long type = reader.uint32("event type");
        reader.skip("digest", SHA1_BYTES);
        ByteReader event = ByteReader.of(reader.bytes32("event"));
        if (type != NO_ACTION
                || !Arrays.equals(event.bytes("signature", SIGNATURE.length), SIGNATURE)) {
            throw new MalformedException("event log", "another event", "Spec ID Event03 first");
        }
        event.skip("platform class and versions", 8);
        long algorithms = event.uint32("algorithms");
        if (algorithms > ALGORITHMS_MAX) {
            throw new MalformedException("algorithms", Long.toString(algorithms), "at most 8");
        }
        Map<Integer, Integer> sizes = new HashMap<>();
        for (int i = 0; i < algorithms; i++) {
            sizes.put(event.uint16("algorithm"), event.uint16("digest size"));
        }
        return sizes;
    }

    private static Octets digest(ByteReader reader, Map<Integer, Integer> sizes, Bank bank)
            throws MalformedException {
        long count = reader.uint32("digests");
        if (count > ALGORITHMS_MAX) {
            throw new MalformedException("digests", Long.toString(count), "at most 8");
        }
        Octets found = null;
        for (int i = 0; i < count; i++) {
            int algorithm = reader.uint16("algorithm");
            Integer size = sizes.get(algorithm);
            if (size == null || (algorithm == bank.id && found != null)) {
                throw new MalformedException(
                        "algorithm", Integer.toString(algorithm), "one of the header's, once");
            }
            Octets digest = reader.octets("digest", size);
            if (algorithm == bank.id) {
                found = digest;
            }
        }
        if (found == null) {
            throw new MalformedException("digests", "without " + bank, "one of each bank");
        }
        return found;
    }
}
