package io.attestgate.verify.tpm;

import static io.attestgate.verify.evidence.MalformedException.good;

import io.attestgate.verify.azure.AzureEvidence;
import io.attestgate.verify.azure.HclReport;
import io.attestgate.verify.azure.RuntimeData;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.tpm.Companions.Part;
import io.attestgate.wire.Fault;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A TPMS_ATTEST in a file of its own, with what else it takes in files beside it. */
final class BareQuote {
    private static final int PCRS_BYTES_MAX = 64 * 1024;
    private static final Set<Part> PARTS = EnumSet.complementOf(EnumSet.of(Part.ATTEST));
    private static final Set<Part> SIGNATURES = EnumSet.range(Part.SIGNATURE, Part.RSASSA_SHA256);

    private BareQuote() {}

    /** The evidence, by the first companions that can be read and whose signature is right. */
    static Parsed<TpmEvidence> parse(byte[] attest, Companions companions) {
        return Attest.parse(attest)
                .then(
                        quote ->
                                companions.sets().isEmpty()
                                        ? Parsed.bad(alone(companions))
                                        : assemble(quote, companions.of(quote.bytes())));
    }

    private static Parsed<TpmEvidence> assemble(Attest quote, List<Map<Part, Octets>> sets) {
        List<Parsed<TpmEvidence>> all = new ArrayList<>();
        for (Map<Part, Octets> set : sets) {
            Parsed<TpmEvidence> evidence = read(quote, set);
            if (evidence instanceof Parsed.Good<TpmEvidence> good && isSigned(good.value())) {
                return evidence;
            }
            all.add(evidence);
        }
        return all.stream()
                .filter(Parsed.Good.class::isInstance)
                .findFirst()
                .or(() -> all.stream().findFirst())
                .orElseThrow(AssertionError::new);
    }

    /** With the endings that are looked for: a folder may have the right files by other names. */
    private static Fault alone(Companions companions) {
        return new Fault(
                "quote",
                companions.files() == 0
                        ? "alone, without collateral"
                        : "alone, with no part of it in the collateral (files: %d)"
                                .formatted(companions.files()),
                "its signature, key and PCRs in the collateral, in files whose names end in one of "
                        + Part.endings(PARTS));
    }

    private static boolean isSigned(TpmEvidence evidence) {
        return KeyOfQuote.of(evidence)
                .toOptional()
                .filter(key -> evidence.signature().isOf(key.key(), evidence.attest().bytes()))
                .isPresent();
    }

    private static Parsed<TpmEvidence> read(Attest quote, Map<Part, Octets> set) {
        try {
            Octets key = set.get(Part.KEY);
            Octets certificate = set.get(Part.CERTIFICATE);
            return Parsed.good(
                    new TpmEvidence(
                            quote,
                            signature(set),
                            key == null
                                    ? Optional.empty()
                                    : Optional.of(good(AttestationKey.parse(key.bytes()))),
                            pcrs(set),
                            Optional.ofNullable(set.get(Part.EVENT_LOG)),
                            certificate == null ? List.of() : List.of(certificate),
                            Optional.empty(),
                            azure(set)));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    private static TpmSignature signature(Map<Part, Octets> set) throws MalformedException {
        Octets whole = set.get(Part.SIGNATURE);
        if (whole != null) {
            return good(TpmSignature.parse(whole.bytes()));
        }
        for (Map.Entry<Part, Octets> part : set.entrySet()) {
            Optional<TpmSignature> bare = bare(part.getKey(), part.getValue());
            if (bare.isPresent()) {
                return bare.get();
            }
        }
        throw new MalformedException(
                "signature",
                "absent",
                "a file beside the quote whose name ends in one of " + Part.endings(SIGNATURES));
    }

    private static Optional<TpmSignature> bare(Part part, Octets number) {
        return switch (part) {
            case RSASSA_SHA256 -> rsa(TpmSignature.Algorithm.RSASSA, TpmHash.SHA256, number);
            case RSASSA_SHA384 -> rsa(TpmSignature.Algorithm.RSASSA, TpmHash.SHA384, number);
            case RSAPSS_SHA256 -> rsa(TpmSignature.Algorithm.RSAPSS, TpmHash.SHA256, number);
            case RSAPSS_SHA384 -> rsa(TpmSignature.Algorithm.RSAPSS, TpmHash.SHA384, number);
            default -> Optional.empty();
        };
    }

    private static Optional<TpmSignature> rsa(
            TpmSignature.Algorithm algorithm, TpmHash hash, Octets number) {
        return number.size() <= TpmSignature.SIZE_BYTES_MAX
                ? Optional.of(TpmSignature.rsa(algorithm, hash, number.bytes()))
                : Optional.empty();
    }

    private static PcrValues pcrs(Map<Part, Octets> set) throws MalformedException {
        Octets file = set.get(Part.PCRS);
        return file == null
                ? new PcrValues(Map.of())
                : PcrValues.readArray(good(JsonReader.parse(file.bytes(), PCRS_BYTES_MAX)));
    }

    private static Optional<AzureEvidence> azure(Map<Part, Octets> set) throws MalformedException {
        Octets hcl = set.get(Part.HCL);
        Octets runtime = set.get(Part.RUNTIME);
        Optional<Octets> hardware = Optional.ofNullable(set.get(Part.HARDWARE));
        if (hcl != null) {
            HclReport report = good(HclReport.parse(hcl.bytes()));
            return Optional.of(
                    good(
                            AzureEvidence.of(
                                    report,
                                    hardware.filter(one -> report.signedReport().isEmpty()),
                                    List.of())));
        }
        if (runtime == null) {
            return Optional.empty();
        }
        if (hardware.isEmpty()) {
            throw new MalformedException(
                    "hardware report", "absent", "report.bin or quote.bin beside the runtime data");
        }
        return Optional.of(
                new AzureEvidence(
                        hardware.get(), good(RuntimeData.parse(runtime.bytes())), List.of()));
    }
}
