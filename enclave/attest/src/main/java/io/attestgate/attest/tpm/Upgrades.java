package io.attestgate.attest.tpm;

import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.seal.SealException;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Signs which versions may open the state, as the proven registry allows them, and takes back what
 * it allows no more.
 *
 * <p>The measurement that the registry is asked about is computed from the very PCRs that are
 * signed for, so nobody can have one allowed and another signed. The key that signs is made of the
 * secret, so only code that may open the state can use it.
 *
 * <p>How, so that a kill between any two steps leaves nothing that counts later:
 *
 * <ol>
 *   <li>what is going to be signed, and for which epoch, is sealed ({@link Grants});
 *   <li>it is signed, and takes the place of all that was in the file;
 *   <li>the counter moves on to that epoch.
 * </ol>
 *
 * <p>To take something back is to begin an epoch for which nothing was ever signed, which is one
 * beyond the sealed one. The counter follows before the next is begun, so it is behind by one at
 * most, and the file has what is kept for both.
 *
 * <p>Safe for use by several threads. Never holds the channel while it waits for the sealed store,
 * which extends its register over it.
 */
public final class Upgrades {
    /** With the code that runs; more than a gateway has versions at one time. */
    static final int VERSIONS_MAX = 64;

    private final Channel channel;
    private final StateFiles files;
    private final TpmState state;
    private final PcrSelection selection;
    private final Hash32 config;
    private final Function<Hash32, Hash32> measurement;
    private final GrantLedger ledger;
    private final Hash32 own;

    private Grants grants;

    /** Whether the file and the counter are known to be as {@code grants} say. */
    private boolean settled;

    private Upgrades(
            Channel channel,
            StateFiles files,
            TpmState state,
            PcrSelection selection,
            Hash32 config,
            Function<Hash32, Hash32> measurement,
            GrantLedger ledger,
            Hash32 own,
            Grants grants) {
        this.channel = channel;
        this.files = files;
        this.state = state;
        this.selection = selection;
        this.config = config;
        this.measurement = measurement;
        this.ledger = ledger;
        this.own = own;
        this.grants = grants;
    }

    /** Of the code that runs. */
    static Upgrades open(
            Channel channel,
            StateFiles files,
            TpmState state,
            PcrSelection selection,
            Hash32 config,
            Function<Hash32, Hash32> measurement,
            GrantLedger ledger)
            throws TpmException, SealException {
        Grants grants = ledger.read();
        synchronized (channel) {
            Hash32 own = Pcrs.read(channel, selection).digest();
            return new Upgrades(
                    channel, files, state, selection, config, measurement, ledger, own, grants);
        }
    }

    /**
     * The measurements that the registry has to be asked about: of all versions that were signed
     * for, but for the one that runs, and of those that the operator offers, if his file is good.
     */
    public synchronized Set<Hash32> measurements() {
        SortedSet<Hash32> versions = new TreeSet<>(grants.versions());
        versions.addAll(goodOffer());
        versions.remove(own);
        return measurements(versions);
    }

    private SortedSet<Hash32> goodOffer() {
        try {
            return files.offered();
        } catch (TpmException saidByAuthorise) {
            return Collections.emptySortedSet();
        }
    }

    private Set<Hash32> measurements(Set<Hash32> versions) {
        return versions.stream().map(measurement).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Takes back what is allowed no more, for old copies of the disk too, and ends what a kill has
     * interrupted. Does nothing unless the code that runs is allowed itself: a state that nobody
     * opens any more would be lost.
     *
     * @param allowed whether the proven registry allows a measurement
     * @return the measurements that were signed for and are no more
     */
    public synchronized Set<Hash32> withdraw(Predicate<Hash32> allowed) throws PlatformException {
        if (!allowed.test(measurement.apply(own))) {
            return Set.of();
        }
        SortedSet<Hash32> taken = new TreeSet<>(grants.versions());
        SortedSet<Hash32> kept = kept(allowed);
        settle(kept);
        taken.removeAll(kept);
        return measurements(taken);
    }

    /**
     * Lets the versions that the operator offers open this state from now on, under the same
     * bootstrap file, as far as they are allowed. What the registry does not allow is never signed.
     *
     * @param allowed whether the proven registry allows a measurement
     * @return the measurements that are newly signed for
     */
    public synchronized Set<Hash32> authorise(Predicate<Hash32> allowed) throws PlatformException {
        if (!allowed.test(measurement.apply(own))) {
            return Set.of();
        }
        SortedSet<Hash32> added = offered(allowed);
        added.removeAll(grants.versions());
        SortedSet<Hash32> all = kept(allowed);
        all.addAll(added);
        if (all.size() > VERSIONS_MAX) {
            throw full(all.size()).toPlatformException();
        }
        settle(all);
        added.remove(own);
        return measurements(added);
    }

    private SortedSet<Hash32> kept(Predicate<Hash32> allowed) {
        SortedSet<Hash32> kept = filtered(grants.versions(), allowed);
        kept.add(own);
        return kept;
    }

    private SortedSet<Hash32> offered(Predicate<Hash32> allowed) throws PlatformException {
        try {
            return filtered(files.offered(), allowed);
        } catch (TpmException e) {
            throw e.toPlatformException();
        }
    }

    private SortedSet<Hash32> filtered(Set<Hash32> versions, Predicate<Hash32> allowed) {
        return versions.stream()
                .filter(version -> allowed.test(measurement.apply(version)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TpmException full(int versions) {
        return TpmException.of(
                TpmException.Reason.FULL,
                "versions that may open the state",
                Integer.toString(versions),
                "at most %d beside the one that runs; the registry takes one back first"
                        .formatted(VERSIONS_MAX - 1));
    }

    /** Makes these the versions that are signed for, and no others. */
    private void settle(SortedSet<Hash32> versions) throws PlatformException {
        if (settled && versions.equals(grants.versions())) {
            return;
        }
        try {
            long counter = counter();
            if (versions.containsAll(grants.versions())) {
                sign(counter, new Grants(Math.max(counter, grants.epoch()), versions));
                return;
            }
            if (counter < grants.epoch()) {
                follow(counter, grants.epoch(), versions);
                counter = grants.epoch();
            }
            sign(counter, new Grants(counter + 1, versions));
        } catch (TpmException e) {
            throw e.toPlatformException();
        } catch (SealException e) {
            throw new PlatformException("versions that may open the state: " + e.getMessage(), e);
        }
    }

    private long counter() throws TpmException {
        synchronized (channel) {
            return Epoch.read(channel, state.epoch());
        }
    }

    private void sign(long counter, Grants next) throws TpmException, SealException {
        if (!next.equals(grants)) {
            settled = false;
            ledger.commit(next);
            grants = next;
        }
        if (!isSigned(counter, next)) {
            follow(counter, next.epoch(), next.versions());
        }
        settled = true;
    }

    private boolean isSigned(long counter, Grants grants) throws TpmException {
        SignedPolicies file = files.policies();
        EccPublic key = state.authoriserKey();
        return counter == grants.epoch()
                && grants.versions().stream()
                        .allMatch(v -> file.hasSigned(policy(counter, v).digest(), key));
    }

    /**
     * Signs these for both epochs, and nothing else, then moves the counter from one to the other.
     */
    private void follow(long counter, long epoch, SortedSet<Hash32> versions) throws TpmException {
        synchronized (channel) {
            files.write(signed(LongStream.rangeClosed(counter, epoch).boxed().toList(), versions));
            for (long at = counter; at < epoch; at++) {
                Epoch.moveOn(channel, state.epoch());
            }
        }
    }

    private SignedPolicies signed(List<Long> epochs, SortedSet<Hash32> versions)
            throws TpmException {
        try (SecretMemory secret = SealedSecret.open(channel, state, files.policies(), selection)) {
            Authoriser authoriser = required(secret.lend(heap -> Authoriser.of(heap, config)));
            List<SignedPolicy> signed = new ArrayList<>();
            for (long epoch : epochs) {
                signed.add(authoriser.sign(policy(epoch, own).digest()));
                for (Hash32 other : versions) {
                    if (!other.equals(own)) {
                        signed.add(authoriser.sign(policy(epoch, other).digest()));
                    }
                }
            }
            return SignedPolicies.of(signed);
        }
    }

    private Policy policy(long epoch, Hash32 version) {
        return new Policy(state.epoch(), epoch, selection, version);
    }

    private Authoriser required(Authoriser authoriser) throws TpmException {
        if (!authoriser.key().name().equals(state.authoriserKey().name())) {
            throw TpmException.of(
                    TpmException.Reason.OTHER_CONFIG,
                    "authoriser",
                    authoriser.key().name().toString(),
                    state.authoriserKey().name() + ", of the bootstrap file that sealed it");
        }
        return authoriser;
    }
}
