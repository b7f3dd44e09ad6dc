package io.attestgate.collateral;

import io.attestgate.collateral.amd.AmdCollateral;
import io.attestgate.collateral.http.Answer;
import io.attestgate.collateral.http.AnswerCache;
import io.attestgate.collateral.http.Deadline;
import io.attestgate.collateral.http.Exchange;
import io.attestgate.collateral.http.FetchException;
import io.attestgate.collateral.http.Limits;
import io.attestgate.collateral.http.Pause;
import io.attestgate.collateral.http.Trust;
import io.attestgate.collateral.intel.IntelCollateral;
import io.attestgate.collateral.nvidia.NvidiaCollateral;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.CollateralSource;
import io.attestgate.verify.dcap.DcapKind;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.verify.nvidia.NvidiaKind;
import io.attestgate.verify.snp.SnpKind;
import io.attestgate.verify.tpm.TpmEvidence;
import io.attestgate.verify.tpm.TpmKind;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * Collateral from the vendors' services, kept in memory for as long as it holds.
 *
 * <p>What it gives is as untrusted as a file: a service, a cache or the network between may give an
 * older document that still holds, another's or none, and a verifier says which. Any thread.
 */
public final class VendorCollateral implements AutoCloseable {
    /** Names of kinds and of platforms, as evidence travels under them. */
    private static final Set<String> INTEL = names(new DcapKind());

    private static final Set<String> AMD = names(new SnpKind());
    private static final Set<String> NVIDIA = names(new NvidiaKind());
    private static final Set<String> TPM = names(new TpmKind(List.of()));

    private final Exchange exchange;
    private final ExecutorService threads;
    private final Limits limits;
    private final AnswerCache cache;
    private final IntelCollateral intel;
    private final AmdCollateral amd;
    private final NvidiaCollateral nvidia;

    private VendorCollateral(
            VendorServices services,
            Limits limits,
            Exchange exchange,
            ExecutorService threads,
            AnswerCache cache) {
        this.exchange = exchange;
        this.threads = threads;
        this.limits = limits;
        this.cache = cache;
        this.intel = new IntelCollateral(services.intel(), cache);
        this.amd = new AmdCollateral(services.amd(), cache);
        this.nvidia = new NvidiaCollateral(services.rims(), services.ocsp(), cache);
    }

    /**
     * Connects to nobody yet.
     *
     * @param tls what the services' certificates are held to; empty for the roots of the runtime
     */
    public static VendorCollateral open(
            VendorServices services, Optional<SSLContext> tls, Limits limits, InstantSource clock) {
        return open(services, tls, limits, clock, Pause.SLEEP);
    }

    /** The same, with a pause of one's own between attempts. */
    public static VendorCollateral open(
            VendorServices services,
            Optional<SSLContext> tls,
            Limits limits,
            InstantSource clock,
            Pause pause) {
        Exchange exchange = Exchange.open(tls, limits, clock);
        ExecutorService threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("collateral-", 0).factory());
        AnswerCache cache = new AnswerCache(exchange, limits, clock, pause, threads);
        return new VendorCollateral(services, limits, exchange, threads, cache);
    }

    /**
     * The source of those documents; where a vendor has but one kind, of that one. What it gives is
     * below whatever root: the verifier says.
     */
    public CollateralSource source(Update update) {
        return new VendorSource(this, update, Trust.LATER, Optional.empty());
    }

    /**
     * The same for one verifier.
     *
     * @param roots SHA-256 of the certificates that a verifier of what it gives trusts: what is
     *     signed below none of them is neither given nor kept
     */
    public CollateralSource source(Update update, Set<Hash32> roots) {
        return new VendorSource(this, update, new Trust(roots), Optional.empty());
    }

    /**
     * Fetches what verifying such evidence needs. Of a TPM's that is what the report of the
     * processor below it needs; nothing, where there is none: no vendor of TPMs is asked.
     *
     * @param kind of the evidence: a platform's name or a kind's
     */
    public Bundle fetch(String kind, byte[] evidence, Update update) throws FetchException {
        return fetch(kind, evidence, update, Trust.LATER, deadline());
    }

    Bundle fetch(String kind, byte[] evidence, Update update, Trust trust, Deadline deadline)
            throws FetchException {
        if (INTEL.contains(kind)) {
            return bundle(intel.fetch(evidence, update, trust, deadline));
        }
        if (AMD.contains(kind)) {
            return bundle(amd.fetch(evidence, trust, deadline));
        }
        if (NVIDIA.contains(kind)) {
            return bundle(nvidia.fetch(evidence, trust, deadline));
        }
        if (TPM.contains(kind)) {
            Optional<Nested> nested = Nested.of(evidence);
            return nested.isEmpty()
                    ? Bundle.empty()
                    : fetch(nested.get().kind(), nested.get().evidence(), update, trust, deadline);
        }
        throw new FetchException(
                FetchException.Kind.NOTHING_TO_ASK,
                Fault.quoted(
                                "kind",
                                kind,
                                "one of %s, %s, %s, %s".formatted(INTEL, AMD, NVIDIA, TPM))
                        .toString());
    }

    /** From now on. */
    Deadline deadline() {
        return Deadline.in(limits.wholeTime());
    }

    /** Whether that is a kind of which vendors publish something. */
    public static boolean serves(String kind) {
        return Stream.of(INTEL, AMD, NVIDIA, TPM).anyMatch(names -> names.contains(kind));
    }

    /** The report of the processor that vouches for a TPM of Azure's. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
    private record Nested(String kind, byte[] evidence) {

        static Optional<Nested> of(byte[] tpm) {
            return TpmEvidence.parse(tpm)
                    .toOptional()
                    .flatMap(TpmEvidence::azure)
                    .map(azure -> azure.hardware().bytes())
                    .flatMap(
                            report ->
                                    Stream.of(new DcapKind(), new SnpKind())
                                            .filter(kind -> kind.isLike(report))
                                            .findFirst()
                                            .map(kind -> new Nested(kind.name(), report)));
        }
    }

    /** How many questions went to services so far; the others were answered by what is kept. */
    public long asked() {
        return cache.asked();
    }

    private static Set<String> names(EvidenceKind kind) {
        SortedSet<String> names = new TreeSet<>(kind.mediaTypes());
        names.add(kind.name());
        return names;
    }

    /** Never more files than a bundle may have: a question has two at most. */
    private static Bundle bundle(List<Answer> answers) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        answers.forEach(answer -> files.putAll(answer.files()));
        return new Bundle(files);
    }

    /** Cuts off what runs. */
    @Override
    public void close() {
        threads.shutdownNow();
        exchange.close();
    }
}
