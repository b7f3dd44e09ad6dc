package io.attestgate.certificate.account;

import io.attestgate.certificate.account.AuthorityException.Kind;
import io.attestgate.certificate.account.SealedEntries.Changes;
import io.attestgate.verify.claims.AcmeAccount;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.toolbox.JoseUtils;

/**
 * Our accounts, one for each authority, opened or created when first needed.
 *
 * <p>The key is sealed before the authority hears of it. Asked again with the same key, an
 * authority answers with the account that exists (RFC 8555 §7.3), so a crash at any instant loses
 * no account and makes no second one.
 *
 * <p>Safe for any number of threads; one of them at a time opens an account.
 */
public final class Accounts {
    private final SealedEntries entries;
    private final AcmeTransport transport;
    private final List<URI> contact;
    private final SecureRandom random;
    private final ReentrantLock opening = new ReentrantLock();
    private final Map<URI, Opened> opened = new ConcurrentHashMap<>();

    /** An account that is there: its key and its location. */
    private record Opened(AcmeAccount account, P256KeyPair key) {}

    /**
     * @param entries those of the purpose {@code acme-account}
     * @param contact {@code mailto:} URIs that an authority may write to; may be empty
     */
    public Accounts(
            SealedEntries entries,
            AcmeTransport transport,
            List<URI> contact,
            SecureRandom random) {
        this.entries = entries;
        this.transport = transport;
        this.contact = List.copyOf(contact);
        this.random = random;
    }

    /**
     * A new conversation with that authority under our account, which is created there if need be.
     * Naming an authority in the policy is consent to its terms of service.
     */
    public Login login(URI directory) throws AuthorityException, SealedStateException {
        Session session = transport.session(directory);
        opening.lock();
        try {
            Optional<Opened> known = known(directory);
            Opened account = known.isPresent() ? known.get() : register(directory, session);
            return session.login(account.account.uri().toURL(), account.key.pair());
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new SealedStateException("account location", e);
        } finally {
            opening.unlock();
        }
    }

    /** Every account that is known to exist, for claims; in the order of directories. */
    public List<AcmeAccount> all() {
        return opened.values().stream()
                .map(Opened::account)
                .sorted(Comparator.comparing(AcmeAccount::directory))
                .toList();
    }

    /** Reads what is sealed for that authority, so that {@link #all} names it; asks nobody. */
    public void recall(URI directory) throws SealedStateException {
        opening.lock();
        try {
            Optional<Opened> ignored = known(directory);
        } finally {
            opening.unlock();
        }
    }

    /**
     * The authority said that our account is not there, as one does that lost its state. The
     * location is forgotten; the key stays, and the next login registers it.
     */
    public void forget(URI directory) throws SealedStateException {
        opening.lock();
        try {
            entries.commit(Changes.none().remove(locationEntry(directory)));
            opened.remove(directory);
        } finally {
            opening.unlock();
        }
    }

    private Optional<Opened> known(URI directory) throws SealedStateException {
        Opened cached = opened.get(directory);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<byte[]> location = entries.read(locationEntry(directory));
        Optional<P256KeyPair> key = sealedKey(directory);
        if (location.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        SealedJson json = SealedJson.parse(locationEntry(directory), location.get());
        if (!json.uri("directory").equals(directory)) {
            throw json.wrong("directory", directory.toString());
        }
        Hash32 thumbprint = Hash32.of(JoseUtils.thumbprint(key.get().pair().getPublic()));
        Opened account =
                new Opened(new AcmeAccount(directory, json.uri("uri"), thumbprint), key.get());
        opened.put(directory, account);
        return Optional.of(account);
    }

    private Opened register(URI directory, Session session)
            throws AuthorityException, SealedStateException {
        Optional<P256KeyPair> sealed = sealedKey(directory);
        P256KeyPair key = sealed.isPresent() ? sealed.get() : newKey(directory);
        URI uri =
                AcmeCall.ask(
                        transport.clock(),
                        () -> {
                            AccountBuilder account = new AccountBuilder().agreeToTermsOfService();
                            contact.forEach(account::addContact);
                            return URI.create(
                                    account.useKeyPair(key.pair())
                                            .createLogin(session)
                                            .getAccountLocation()
                                            .toString());
                        });
        Opened account = new Opened(account(directory, uri, key), key);
        Json location = Json.object("directory", directory.toString(), "uri", uri.toString());
        entries.commit(Changes.none().put(locationEntry(directory), CanonicalJson.write(location)));
        opened.put(directory, account);
        return account;
    }

    private static AcmeAccount account(URI directory, URI uri, P256KeyPair key)
            throws AuthorityException {
        try {
            Hash32 thumbprint = Hash32.of(JoseUtils.thumbprint(key.pair().getPublic()));
            return new AcmeAccount(directory, uri, thumbprint);
        } catch (IllegalArgumentException e) {
            throw new AuthorityException(
                    Kind.PROTOCOL, "account-location", uri.toString(), Optional.empty());
        }
    }

    private Optional<P256KeyPair> sealedKey(URI directory) throws SealedStateException {
        Optional<byte[]> sealed = entries.read(keyEntry(directory));
        Optional<P256KeyPair> key = sealed.map(P256KeyPair::ofSealed);
        sealed.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
        return key;
    }

    private P256KeyPair newKey(URI directory) throws SealedStateException {
        P256KeyPair key = P256KeyPair.generate(random);
        byte[] sealed = key.toSealed();
        try {
            entries.commit(Changes.none().putSecret(keyEntry(directory), sealed));
        } finally {
            Arrays.fill(sealed, (byte) 0);
        }
        return key;
    }

    private static String keyEntry(URI directory) {
        return "key-" + digest(directory);
    }

    private static String locationEntry(URI directory) {
        return "account-" + digest(directory);
    }

    /** Half a SHA-256: an entry's name, distinct for each directory. */
    private static String digest(URI directory) {
        byte[] utf8 = directory.toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Digests.sha256(utf8), 0, 16);
    }
}
