package io.attestgate.proxy.main;

import io.attestgate.attest.Platforms;
import io.attestgate.attest.detection.Detection;
import io.attestgate.attest.evidence.Attestor;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.Rollback;
import io.attestgate.attest.seal.Compartment;
import io.attestgate.attest.seal.Purpose;
import io.attestgate.attest.seal.SealException;
import io.attestgate.attest.seal.SealedStore;
import io.attestgate.attest.tpm.TpmPlatform;
import io.attestgate.certificate.key.EnclaveIdentity;
import io.attestgate.policy.document.GatewayDocument;
import io.attestgate.policy.document.KeyProvider;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.verify.HardwareSource;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What this process is: its platform, its measurement, its sealed store and what makes its
 * evidence.
 *
 * <p>Platform and store stay in here. Each stage is handed the compartment of its own purpose, and
 * has no way from there to another's.
 */
final class Enclave {
    private final Platform platform;
    private final Hash32 measurement;
    private final Hash32 config;
    private final Optional<Hash32> instance;
    private final SealedStore store;
    private final Attestor attestor;
    private final Optional<VersionsInForce> versions;

    Enclave(
            Platform platform,
            Hash32 measurement,
            Hash32 config,
            Optional<Hash32> instance,
            SealedStore store,
            Attestor attestor,
            Optional<VersionsInForce> versions) {
        this.platform = platform;
        this.measurement = measurement;
        this.config = config;
        this.instance = instance;
        this.store = store;
        this.attestor = attestor;
        this.versions = versions;
    }

    /**
     * Opens the platform that the bootstrap file names, and the state directory.
     *
     * @param machine what is here; the file must say by name that it takes less
     */
    @SuppressWarnings("MustBeClosedChecker") // Closing closes it.
    static Enclave open(Bootstrap bootstrap, Detection machine, Closing closing)
            throws StartException {
        try {
            bootstrap.requireOn(machine);
            Hash32 config = bootstrap.configDigest();
            Platform platform = platform(bootstrap);
            if (platform instanceof AutoCloseable closeable) {
                closing.add(closeable);
            }
            SealedStore store = closing.add(SealedStore.open(bootstrap.state(), platform, config));
            ExecutorService reports =
                    closing.add(
                            Executors.newSingleThreadExecutor(
                                    Thread.ofPlatform().daemon().name("reports").factory()));
            return new Enclave(
                    platform,
                    platform.measurement(config),
                    config,
                    platform.instance(),
                    store,
                    new Attestor(platform, reports),
                    versions(platform, platform.measurement(config), store));
        } catch (PlatformException e) {
            throw new StartException("platform " + bootstrap.platform(), e);
        } catch (SealException e) {
            throw new StartException("state " + bootstrap.state(), e);
        }
    }

    String platformName() {
        return platform.name();
    }

    /** What keeps an operator from putting an older store back. */
    Rollback rollback() {
        return platform.rollback();
    }

    Hash32 measurement() {
        return measurement;
    }

    Hash32 config() {
        return config;
    }

    /** Which single machine, as evidence has it. */
    Optional<Hash32> instance() {
        return instance;
    }

    Attestor attestor() {
        return attestor;
    }

    /** Where the newest proven policy is kept: for the policy way alone. */
    Compartment anchor() {
        return store.compartment(Purpose.ANCHOR);
    }

    /** Where the keys of ACME accounts are kept: for the certificate way alone. */
    Compartment accountKeys() {
        return store.compartment(Purpose.ACME_ACCOUNT);
    }

    /** Where the TLS keys of one host are kept: for the certificate way alone. */
    Compartment tlsKeys(Hostname host) {
        return store.compartment(Purpose.tls(host));
    }

    private static Platform platform(Bootstrap bootstrap) throws PlatformException {
        return bootstrap.tpm().isPresent()
                ? Platforms.open(bootstrap.tpm().get(), bootstrap.state(), bootstrap.configDigest())
                : Platforms.open(bootstrap.platform(), bootstrap.state(), bootstrap.configDigest());
    }

    private static Optional<VersionsInForce> versions(
            Platform platform, Hash32 own, SealedStore store) throws PlatformException {
        return platform instanceof TpmPlatform tpm
                ? Optional.of(
                        new VersionsInForce(tpm.upgrades(store.compartment(Purpose.UPGRADE)), own))
                : Optional.empty();
    }

    /** The measurements of other versions that the registry has to be asked about. */
    Set<Hash32> otherMeasurements() {
        return versions.map(VersionsInForce::measurements).orElseGet(Set::of);
    }

    /** Who else can open what is sealed, in the words of the policy. */
    Optional<KeyProvider> keyProvider() {
        return platform.keyProvider().map(his -> new KeyProvider(his.name(), his.id()));
    }

    /**
     * Lets keys be opened and sealed under a key provider's secret while that policy allows him,
     * and no longer, which changes nothing where the secret is the platform's own.
     */
    void obeyForKeys(Snapshot policy) {
        boolean isAllowed =
                policy.gateway()
                        .map(GatewayDocument::keyProviders)
                        .filter(allowed -> keyProvider().map(allowed::contains).orElse(true))
                        .isPresent();
        if (isAllowed) {
            store.allowKeyProvider();
        } else {
            store.refuseKeyProvider();
        }
    }

    /**
     * Lets those versions open this state that the registry allows, where other versions can. It
     * waits for hardware, up to its limit.
     *
     * @param now by the latest clock
     */
    void obeyForVersions(Snapshot policy, Instant now) {
        versions.ifPresent(others -> others.obey(policy, now));
    }

    /**
     * The policy that our own evidence is judged by; empty on the simulated platform.
     *
     * @param named the bootstrap file's, for a platform that cannot judge itself
     */
    Optional<AppraisalPolicy> ownPolicy(Optional<AppraisalPolicy> named) throws StartException {
        try {
            return named.isPresent() ? named : platform.ownPolicy();
        } catch (PlatformException e) {
            throw new StartException("platform " + platform.name(), e);
        }
    }

    /** What judges our own evidence, by what the bootstrap file and the vendor bring. */
    OwnAppraisal appraisal(HardwareSource source) {
        return new OwnAppraisal(platform::report, identity(), source, new SecureRandom());
    }

    /** The same in the words of key evidence. */
    EnclaveIdentity identity() {
        return new EnclaveIdentity(platform.name(), measurement, config, instance);
    }
}
