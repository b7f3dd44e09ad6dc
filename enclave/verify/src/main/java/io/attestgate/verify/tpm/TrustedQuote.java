package io.attestgate.verify.tpm;

import io.attestgate.verify.azure.AzureEvidence;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A quote of which every check holds, in the terms that all platforms share.
 *
 * @param bank of the PCRs
 * @param pcrs those that were quoted
 * @param events how many an event log has that replayed
 */
record TrustedQuote(
        Attest attest,
        TpmHash bank,
        SortedMap<Integer, Octets> pcrs,
        AttestationKey key,
        Vouched vouched,
        Optional<Integer> events) {
    /** The platform of a TPM whose key nobody's processor vouches for. */
    static final String PLATFORM = "tpm";

    /** Before the name of the processor's platform, where one does. */
    static final String AZURE = "azure-";

    /** The processor whose reports say how privileged the asker was. */
    static final String SNP = "snp";

    private static final String TDX = "tdx";

    /** Processors below a virtual TPM. */
    static final SortedSet<String> PROCESSORS =
            Collections.unmodifiableSortedSet(new TreeSet<>(Set.of(SNP, TDX)));

    /** Every platform that a quote can be of. */
    static final Set<String> PLATFORMS = Set.of(PLATFORM, AZURE + SNP, AZURE + TDX);

    Appraisal verdict(Optional<AzureEvidence> azure, Instant expiry) {
        return new Appraisal.Trusted(
                new PlatformReport(
                        platform(), registers(), instance(), Optional.empty(), vouched.by()),
                claims(),
                identity(azure),
                vouched.hardware().map(Appraisal.Trusted::tcb).orElse(TcbState.UNJUDGED),
                vouched.hardware().map(Appraisal.Trusted::advisories).orElseGet(TreeSet::new),
                new TreeSet<>(vouched.roots()),
                expiry);
    }

    private String platform() {
        return vouched.hardware().map(one -> AZURE + one.report().platform()).orElse(PLATFORM);
    }

    /** As docs/measurement.md lists them: of a nested platform its own first. */
    private byte[] registers() {
        ByteArrayOutputStream registers = new ByteArrayOutputStream();
        vouched.hardware().ifPresent(one -> registers.writeBytes(one.report().registers()));
        registers.write(bank.id() >> Byte.SIZE);
        registers.write(bank.id());
        registers.writeBytes(attest.selections().getFirst().mask().bytes());
        registers.writeBytes(attest.pcrDigest().bytes());
        return registers.toByteArray();
    }

    /**
     * The processor where one vouched; else the EK's Name or the key's where the reader knows it by
     * that, and the hash of the key.
     */
    private Optional<Hash32> instance() {
        if (vouched.hardware().isPresent()) {
            SortedMap<String, String> nested = vouched.hardware().get().identity();
            return Optional.ofNullable(nested.getOrDefault("chipId", nested.get("ppid")))
                    .flatMap(Hex::parse)
                    .flatMap(id -> Instance.of(platform(), id));
        }
        byte[] identity =
                vouched.endorsementKey()
                        .or(vouched::keyName)
                        .map(Octets::bytes)
                        .orElseGet(() -> key.spki().bytes());
        return Instance.of(PLATFORM, identity);
    }

    private SortedMap<String, String> identity(Optional<AzureEvidence> azure) {
        SortedMap<String, String> identity = new TreeMap<>();
        vouched.hardware().ifPresent(one -> identity.putAll(one.identity()));
        azure.map(one -> one.runtime().configuration().get("vmUniqueId"))
                .ifPresent(id -> identity.put("vmUniqueId", id));
        vouched.endorsementKey().ifPresent(name -> identity.put("ekName", name.toString()));
        vouched.keyName().ifPresent(name -> identity.put("akName", name.toString()));
        identity.put("akSpki", key.spki().toString());
        return identity;
    }

    private SortedMap<String, String> claims() {
        SortedMap<String, String> claims = new TreeMap<>(Claims.of(attest));
        vouched.hardware()
                .ifPresent(
                        one ->
                                one.claims()
                                        .forEach(
                                                (name, value) ->
                                                        claims.put("hardware." + name, value)));
        pcrs.forEach((pcr, value) -> claims.put("pcr%02d".formatted(pcr), value.toString()));
        events.ifPresent(count -> claims.put("eventLogEvents", Integer.toString(count)));
        return claims;
    }
}
