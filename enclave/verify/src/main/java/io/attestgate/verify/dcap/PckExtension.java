package io.attestgate.verify.dcap;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.Der;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a PCK certificate says about its platform: the extension 1.2.840.113741.1.13.1 (SGX PCK
 * Certificate and CRL Specification, 1.3.5).
 *
 * @param ppid the platform's provisioning id
 * @param components the SVNs of the 16 components of the SGX TCB
 * @param platformInstanceId which platform of several sockets; absent for a single processor
 */
public record PckExtension(
        Octets ppid,
        List<Integer> components,
        int pceSvn,
        Octets pceId,
        Octets fmspc,
        Optional<Octets> platformInstanceId) {
    static final int COMPONENTS = 16;
    static final int SVN_MAX = 0xffff;

    private static final String OID = "1.2.840.113741.1.13.1";
    private static final byte[] OID_CONTENT = HexFormat.of().parseHex("2a864886f84d010d01");
    private static final String CLAUSE_NAME = "SGX extension";

    public PckExtension {
        components = List.copyOf(components);
    }

    static Parsed<PckExtension> parse(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(OID);
        if (extension == null) {
            return Parsed.bad(new Fault(CLAUSE_NAME, "absent", OID));
        }
        return parse(extension);
    }

    /** Reads the extension's value, an OCTET STRING around what it says. */
    static Parsed<PckExtension> parse(byte[] extension) {
        try {
            return Parsed.good(new Members(extension).extension());
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    /** What allow lists need, by name, in hexadecimal. */
    public SortedMap<String, String> identity() {
        SortedMap<String, String> identity =
                new TreeMap<>(
                        Map.of(
                                "ppid", ppid.toString(),
                                "fmspc", fmspc.toString(),
                                "pceId", pceId.toString()));
        platformInstanceId.ifPresent(id -> identity.put("platformInstanceId", id.toString()));
        return identity;
    }

    /** The members of one SEQUENCE of {@code OID, value} by the last number of their OIDs. */
    private static final class Members {
        private final Map<Integer, Der> values = new TreeMap<>();

        Members(byte[] octets) throws MalformedException {
            this(Der.of(Der.of(octets).content(Der.OCTET_STRING)).enter(Der.SEQUENCE), OID_CONTENT);
        }

        Members(Der sequence, byte[] prefix) throws MalformedException {
            while (sequence.hasNext()) {
                Der member = sequence.enter(Der.SEQUENCE);
                byte[] oid = member.content(Der.OID);
                if (oid.length != prefix.length + 1
                        || !Arrays.equals(prefix, Arrays.copyOf(oid, prefix.length))
                        || values.put((int) oid[prefix.length], member) != null) {
                    throw new MalformedException(
                            CLAUSE_NAME, Hex.write(oid), "each OID below " + OID + " once");
                }
            }
        }

        PckExtension extension() throws MalformedException {
            Octets ppid = octets(1, 16);
            byte[] tcbOid = Arrays.copyOf(OID_CONTENT, OID_CONTENT.length + 1);
            tcbOid[OID_CONTENT.length] = 2;
            Members tcb = new Members(value(2).enter(Der.SEQUENCE), tcbOid);
            List<Integer> components = new ArrayList<>();
            for (int i = 0; i < COMPONENTS; i++) {
                components.add(tcb.value(i + 1).integer(SVN_MAX));
            }
            int pceSvn = tcb.value(COMPONENTS + 1).integer(SVN_MAX);
            Optional<Octets> instance =
                    values.containsKey(6) ? Optional.of(octets(6, 16)) : Optional.empty();
            return new PckExtension(ppid, components, pceSvn, octets(3, 2), octets(4, 6), instance);
        }

        private Der value(int number) throws MalformedException {
            Der value = values.get(number);
            if (value == null) {
                throw new MalformedException(CLAUSE_NAME, "absent", OID + "." + number);
            }
            return value;
        }

        private Octets octets(int number, int sizeBytes) throws MalformedException {
            byte[] octets = value(number).content(Der.OCTET_STRING);
            if (octets.length != sizeBytes) {
                throw new MalformedException(
                        OID + "." + number, octets.length + " bytes", sizeBytes + " bytes");
            }
            return Octets.of(octets);
        }
    }
}
