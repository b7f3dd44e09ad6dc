package io.attestgate.attest.tpm;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Hash32;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a secret, its register and its counter, and seals it for the code that runs.
 *
 * <p>The state's file is written last. A process that ends before leaves at most two indices that
 * nobody uses; nothing is ever completed, since an index that is made anew for an old secret would
 * let an old manifest begin again.
 */
record FirstStart(
        Channel channel,
        StateFiles files,
        PcrSelection selection,
        Hash32 config,
        SecureRandom random) {
    private static final int HANDLES_TRIED_MAX = 16;

    TpmState run() throws TpmException {
        byte[] secret = secret();
        byte[] value = registerValue(secret);
        try {
            Index register = define(Index.Kind.EXTEND, value);
            try {
                return run(secret, register);
            } catch (TpmException e) {
                removeQuietly(register, e);
                throw e;
            }
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(value, (byte) 0);
        }
    }

    private TpmState run(byte[] secret, Index register) throws TpmException {
        Index epoch = define(Index.Kind.COUNTER, new byte[0]);
        try {
            Epoch.moveOn(channel, epoch);
            return seal(secret, register, epoch);
        } catch (TpmException e) {
            removeQuietly(epoch, e);
            throw e;
        }
    }

    private TpmState seal(byte[] secret, Index register, Index epoch) throws TpmException {
        Authoriser authoriser = Authoriser.of(secret, config);
        EccPublic key = authoriser.key();
        TpmName endorsement = channel.endorsement().entity().name();
        Hash32 pins = TpmState.pins(endorsement, register, epoch, key.name());
        SealedSecret.Areas sealed = SealedSecret.seal(channel, secret, pins, key.name());
        TpmState state =
                new TpmState(
                        endorsement,
                        register,
                        epoch,
                        Octets.of(key.point()),
                        sealed.publicArea(),
                        sealed.privateArea());
        Policy policy = SealedSecret.policyNow(channel, state, selection);
        files.write(SignedPolicies.of(List.of(authoriser.sign(policy.digest()))));
        files.write(state);
        return state;
    }

    /** Of the TPM's randomness and Java's, so that neither alone decides. */
    private byte[] secret() throws TpmException {
        byte[] ours = new byte[SealedSecret.SECRET_BYTES];
        random.nextBytes(ours);
        TpmWriter size = new TpmWriter().uint16(SealedSecret.SECRET_BYTES);
        Answer answer = channel.run(CommandCode.GET_RANDOM, size);
        byte[] theirs = answer.reader().sized("bytes");
        answer.erase();
        byte[] secret = Derivation.SECRET.of(ours, theirs);
        Arrays.fill(ours, (byte) 0);
        Arrays.fill(theirs, (byte) 0);
        return secret;
    }

    /** The TPM leaves out zero bytes at the end of a value (Part 1 §19.6.4.3). */
    static byte[] registerValue(byte[] secret) {
        byte[] value = Derivation.REGISTER.of(secret);
        int length = value.length;
        while (length > 0 && value[length - 1] == 0) {
            length--;
        }
        byte[] trimmed = Arrays.copyOf(value, length);
        Arrays.fill(value, (byte) 0);
        return trimmed;
    }

    private Index define(Index.Kind kind, byte[] value) throws TpmException {
        for (int tried = 1; ; tried++) {
            Index index = new Index(Index.HANDLE_FIRST + random.nextInt(Index.HANDLE_COUNT), kind);
            try {
                index.define(channel, value);
                return index;
            } catch (TpmException e) {
                if (!e.is(ResponseCode.Failure.NV_DEFINED) || tried >= HANDLES_TRIED_MAX) {
                    throw e;
                }
            }
        }
    }

    private void removeQuietly(Index index, TpmException cause) {
        try {
            index.undefine(channel);
        } catch (TpmException leftBehind) {
            cause.addSuppressed(leftBehind);
        }
    }
}
