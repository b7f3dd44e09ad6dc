package io.attestgate.certificate.renewal;

import io.attestgate.certificate.account.P256KeyPair;
import io.attestgate.certificate.account.SealedEntries;
import io.attestgate.certificate.account.SealedEntries.Changes;
import io.attestgate.certificate.account.SealedJson;
import io.attestgate.certificate.account.SealedStateException;
import io.attestgate.certificate.key.TlsKey;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Json;
import java.util.Arrays;
import java.util.Optional;

/**
 * The sealed entries of one name, and the order in which they change.
 *
 * <pre>
 * key-S, csr-S   a key and its request, S from its SPKI     before anything is said about the key
 * next           S of the key for the next certificate      with key-S and csr-S
 * evidence-S     the key's tls-key evidence                 before an order for it
 * order          the running order                          before its challenges are answered
 * attempts       failures since the last success            with the end of the order that failed
 * certificate    the certificate in use, and its S          in one commit with the end of its
 *                                                           order, of next and of the key before
 * </pre>
 *
 * Each step is one atomic commit, so a crash between any two leaves a state from which the next
 * step follows: at worst an order that the authority has and we do not know of. One owner, one
 * thread at a time.
 */
final class SealedName {
    private static final String NEXT = "next";
    private static final String ORDER = "order";
    private static final String ATTEMPTS = "attempts";
    private static final String CERTIFICATE = "certificate";
    private static final int REF_CHARS = 32;

    private final Hostname name;
    private final SealedEntries entries;
    private Optional<TlsKey> next;
    private Optional<PlacedOrder> order;
    private Optional<StoredCertificate> certificate;
    private Optional<TlsKey> certificateKey;
    private Attempts attempts;

    private SealedName(Hostname name, SealedEntries entries) throws SealedStateException {
        this.name = name;
        this.entries = entries;
        Optional<byte[]> nextSealed = entries.read(NEXT);
        this.next = nextSealed.isPresent() ? Optional.of(nextKey(nextSealed.get())) : none();
        Optional<byte[]> orderSealed = entries.read(ORDER);
        this.order =
                orderSealed.isPresent()
                        ? Optional.of(PlacedOrder.ofSealed(ORDER, orderSealed.get()))
                        : none();
        Optional<byte[]> stored = entries.read(CERTIFICATE);
        this.certificate =
                stored.isPresent()
                        ? Optional.of(StoredCertificate.ofSealed(CERTIFICATE, stored.get()))
                        : none();
        this.certificateKey =
                certificate.isPresent() ? Optional.of(key(certificate.get().spki())) : none();
        Optional<byte[]> failures = entries.read(ATTEMPTS);
        this.attempts =
                failures.isPresent() ? Attempts.ofSealed(ATTEMPTS, failures.get()) : Attempts.NONE;
    }

    /** Reads everything that is sealed for that name. */
    static SealedName read(Hostname name, SealedEntries entries) throws SealedStateException {
        return new SealedName(name, entries);
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }

    Hostname name() {
        return name;
    }

    Optional<TlsKey> next() {
        return next;
    }

    Optional<PlacedOrder> order() {
        return order;
    }

    Optional<StoredCertificate> certificate() {
        return certificate;
    }

    /** The key of {@link #certificate}. */
    Optional<TlsKey> certificateKey() {
        return certificateKey;
    }

    Attempts attempts() {
        return attempts;
    }

    Optional<byte[]> evidence(TlsKey key) throws SealedStateException {
        return entries.read("evidence-" + ref(key.spkiSha256()));
    }

    void sealNextKey(TlsKey key) throws SealedStateException {
        String ref = ref(key.spkiSha256());
        byte[] secret = key.pair().toSealed();
        try {
            entries.commit(
                    Changes.none()
                            .putSecret("key-" + ref, secret)
                            .put("csr-" + ref, key.csr())
                            .put(NEXT, pointer(key.spkiSha256())));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        next = Optional.of(key);
    }

    void sealEvidence(TlsKey key, byte[] evidence) throws SealedStateException {
        entries.commit(Changes.none().put("evidence-" + ref(key.spkiSha256()), evidence));
    }

    void sealOrder(PlacedOrder placed) throws SealedStateException {
        entries.commit(Changes.none().put(ORDER, placed.toSealed()));
        order = Optional.of(placed);
    }

    /** The running order, if there is one, is over without a certificate. */
    void sealFailure(Attempts after) throws SealedStateException {
        entries.commit(Changes.none().remove(ORDER).put(ATTEMPTS, after.toSealed()));
        order = none();
        attempts = after;
    }

    /** The running order goes on after its authority's time. */
    void sealAttempts(Attempts after) throws SealedStateException {
        entries.commit(Changes.none().put(ATTEMPTS, after.toSealed()));
        attempts = after;
    }

    /** Failures that no restart needs to know of. */
    void remember(Attempts after) {
        attempts = after;
    }

    /** The running order has come to this certificate for the next key, which is current now. */
    void sealCertificate(StoredCertificate stored) throws SealedStateException {
        TlsKey key = next.orElseThrow();
        Changes changes =
                Changes.none()
                        .put(CERTIFICATE, stored.toSealed())
                        .remove(NEXT)
                        .remove(ORDER)
                        .remove(ATTEMPTS);
        entries.commit(
                certificateKey.isPresent()
                        ? withoutKey(changes, certificateKey.get().spkiSha256())
                        : changes);
        certificate = Optional.of(stored);
        certificateKey = Optional.of(key);
        next = none();
        order = none();
        attempts = Attempts.NONE;
    }

    private static Changes withoutKey(Changes changes, Hash32 spki) {
        String ref = ref(spki);
        return changes.remove("key-" + ref).remove("csr-" + ref).remove("evidence-" + ref);
    }

    private TlsKey nextKey(byte[] sealed) throws SealedStateException {
        SealedJson json = SealedJson.parse(NEXT, sealed);
        return key(Hash32.parse(json.text("spki")).orElseThrow(() -> json.wrong("spki", "a hash")));
    }

    private TlsKey key(Hash32 spki) throws SealedStateException {
        byte[] secret = required("key-" + ref(spki));
        try {
            TlsKey key =
                    TlsKey.ofSealed(
                            name, P256KeyPair.ofSealed(secret), required("csr-" + ref(spki)));
            if (!key.spkiSha256().equals(spki)) {
                throw new SealedStateException(
                        "key: %s (expected: %s)".formatted(key.spkiSha256(), spki));
            }
            return key;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private byte[] required(String entry) throws SealedStateException {
        return entries.read(entry)
                .orElseThrow(
                        () ->
                                new SealedStateException(
                                        "%s: absent (expected: what %s's state refers to)"
                                                .formatted(entry, name)));
    }

    private static byte[] pointer(Hash32 spki) {
        return CanonicalJson.write(Json.object("spki", spki.toString()));
    }

    private static String ref(Hash32 spki) {
        return spki.toString().substring(2, 2 + REF_CHARS);
    }
}
