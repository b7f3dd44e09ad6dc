package io.attestgate.attest.tpm;

import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.wire.Hash32;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Signs what else may open the state, and takes it back.
 *
 * <p>The measurement that the registry is asked about is computed from the very PCRs that are
 * signed for, so that nobody can have one allowed and another signed. The key that signs is made of
 * the secret, so only code that may open the state can use it.
 */
record Upgrade(
        Channel channel,
        StateFiles files,
        TpmState state,
        PcrSelection selection,
        Hash32 config,
        Function<Hash32, Hash32> measurement) {

    Optional<Hash32> authorise(Hash32 next, Predicate<Hash32> allowed) throws TpmException {
        Hash32 asked = measurement.apply(next);
        if (!allowed.test(asked)) {
            return Optional.empty();
        }
        long epoch = Epoch.read(channel, state.epoch());
        files.write(files.policies().with(signed(policy(epoch, next))));
        return Optional.of(asked);
    }

    /**
     * First signs anew for the next epoch, then moves the counter on: who is interrupted between
     * has both.
     */
    Optional<Hash32> withdraw(Iterable<Hash32> kept, Predicate<Hash32> allowed)
            throws TpmException {
        long next = Epoch.read(channel, state.epoch()) + 1;
        Hash32 now = Pcrs.read(channel, selection).digest();
        Hash32 own = measurement.apply(now);
        if (!allowed.test(own)) {
            return Optional.empty();
        }
        SignedPolicies policies = files.policies().with(signed(policy(next, now)));
        for (Hash32 other : kept) {
            if (allowed.test(measurement.apply(other))) {
                policies = policies.with(signed(policy(next, other)));
            }
        }
        files.write(policies);
        Epoch.moveOn(channel, state.epoch());
        return Optional.of(own);
    }

    private Policy policy(long epoch, Hash32 pcrDigest) {
        return new Policy(state.epoch(), epoch, selection, pcrDigest);
    }

    private SignedPolicy signed(Policy policy) throws TpmException {
        try (SecretMemory secret = SealedSecret.open(channel, state, files.policies(), selection)) {
            Authoriser authoriser = secret.lend(heap -> Authoriser.of(heap, config));
            if (!authoriser.key().name().equals(state.authoriserKey().name())) {
                throw TpmException.of(
                        TpmException.Reason.OTHER_CONFIG,
                        "authoriser",
                        authoriser.key().name().toString(),
                        state.authoriserKey().name() + ", of the bootstrap file that sealed it");
            }
            return authoriser.sign(policy.digest());
        }
    }
}
