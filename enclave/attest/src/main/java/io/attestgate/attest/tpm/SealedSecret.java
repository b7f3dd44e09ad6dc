package io.attestgate.attest.tpm;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.attest.tpm.Channel.Loaded;
import io.attestgate.attest.tpm.Channel.Primary;
import io.attestgate.attest.tpm.TpmException.Reason;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Hash32;
import java.util.Arrays;

/**
 * The secret of 32 bytes, in an object that the TPM opens by an authorised policy alone (Part 1
 * §27.2). What it must be used with is sealed beside it.
 */
final class SealedSecret {
    static final int SECRET_BYTES = 32;

    private static final int FIXED_TPM = 1 << 1;
    private static final int FIXED_PARENT = 1 << 4;
    private static final int ADMIN_WITH_POLICY = 1 << 7;
    private static final int NO_DA = 1 << 10;

    /** How often the PCRs may change between reading them and opening. */
    private static final int ATTEMPTS_MAX = 3;

    private SealedSecret() {}

    /** Its areas: public, and private as the TPM encrypted it. */
    record Areas(Octets publicArea, Octets privateArea) {}

    /** Seals a secret and its pins, so that the authoriser's policies open them. */
    static Areas seal(Channel channel, byte[] secret, Hash32 pins, TpmName authoriser)
            throws TpmException {
        byte[] none = new byte[0];
        int contentBytes = SECRET_BYTES + Hash32.SIZE_BYTES;
        TpmWriter parameters =
                new TpmWriter()
                        .uint16(Short.BYTES + Short.BYTES + contentBytes)
                        .sized(none)
                        .uint16(contentBytes)
                        .bytes(secret)
                        .bytes(pins.bytes())
                        .sized(template(authoriser))
                        .sized(none)
                        .uint32(0);
        try (Primary parent = channel.primary(Entity.OWNER, EccPublic.storageRoot())) {
            TpmReader made = channel.run(CommandCode.CREATE, parameters, parent.entity()).reader();
            Octets privateArea = Octets.of(made.sized("private area"));
            return new Areas(Octets.of(made.sized("public area")), privateArea);
        }
    }

    /** TPMT_PUBLIC of a sealed data object (Part 2 §12.2.4, §12.2.3.3). */
    private static byte[] template(TpmName authoriser) {
        return new TpmWriter()
                .uint16(Tpms.ALG_KEYEDHASH)
                .uint16(Tpms.ALG_SHA256)
                .uint32(FIXED_TPM | FIXED_PARENT | ADMIN_WITH_POLICY | NO_DA)
                .sized(Policy.authorisedBy(authoriser).bytes())
                .uint16(Tpms.ALG_NULL)
                .sized(new byte[0])
                .toBytes();
    }

    /**
     * Opens it, if what the PCRs hold now is authorised.
     *
     * @return the secret, in memory that the caller closes
     */
    @MustBeClosed
    static SecretMemory open(
            Channel channel, TpmState state, SignedPolicies policies, PcrSelection selection)
            throws TpmException {
        for (int attempt = 1; ; attempt++) {
            Policy now = policyNow(channel, state, selection);
            SignedPolicy signed = policies.required(now, state.authoriserKey());
            try {
                return open(channel, state, now, signed);
            } catch (TpmException e) {
                boolean changed =
                        e.is(ResponseCode.Failure.PCR_CHANGED) || e.is(ResponseCode.Failure.VALUE);
                if (!changed || attempt >= ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    /** What would have to be signed for the code that runs. */
    static Policy policyNow(Channel channel, TpmState state, PcrSelection selection)
            throws TpmException {
        return new Policy(
                state.epoch(),
                Epoch.read(channel, state.epoch()),
                selection,
                Pcrs.read(channel, selection).digest());
    }

    @MustBeClosed
    private static SecretMemory open(
            Channel channel, TpmState state, Policy now, SignedPolicy signed) throws TpmException {
        EccPublic authoriser = state.authoriserKey();
        byte[] ticket = ticket(channel, authoriser, signed);
        try (Loaded object = load(channel, state);
                Session session = channel.session(Tpms.SE_POLICY)) {
            now.satisfy(channel, session.entity(), authoriser.name(), ticket);
            Answer answer =
                    channel.run(
                            Command.of(CommandCode.UNSEAL, new TpmWriter(), object.entity()),
                            session.use(CommandCode.UNSEAL));
            try {
                return judged(state, answer.reader().sized("content"));
            } finally {
                answer.erase();
            }
        }
    }

    /** The secret, if it was sealed with what the state says. */
    @MustBeClosed
    private static SecretMemory judged(TpmState state, byte[] content) throws TpmException {
        byte[] secret = Arrays.copyOf(content, SECRET_BYTES);
        byte[] pins =
                Arrays.copyOfRange(content, SECRET_BYTES, Math.max(SECRET_BYTES, content.length));
        Arrays.fill(content, (byte) 0);
        if (!Arrays.equals(pins, state.pins().bytes())) {
            Arrays.fill(secret, (byte) 0);
            throw TpmException.of(
                    Reason.OTHER_TPM,
                    "sealed secret",
                    "sealed with other names",
                    "endorsement key %s, index 0x%08x, counter 0x%08x and the authoriser as sealed"
                            .formatted(
                                    state.endorsement(),
                                    state.register().handle(),
                                    state.epoch().handle()));
        }
        return SecretMemory.move(secret);
    }

    private static Loaded load(Channel channel, TpmState state) throws TpmException {
        TpmWriter parameters =
                new TpmWriter()
                        .sized(state.privateArea().bytes())
                        .sized(state.publicArea().bytes());
        try (Primary parent = channel.primary(Entity.OWNER, EccPublic.storageRoot())) {
            Answer loaded = channel.run(CommandCode.LOAD, parameters, parent.entity());
            return channel.loaded(loaded, TpmName.of(state.publicArea().bytes()));
        }
    }

    /** TPMT_TK_VERIFIED: the TPM's own note that it has found the signature right. */
    private static byte[] ticket(Channel channel, EccPublic authoriser, SignedPolicy signed)
            throws TpmException {
        TpmWriter external =
                new TpmWriter()
                        .sized(new byte[0])
                        .sized(authoriser.toBytes())
                        .uint32(Tpms.RH_OWNER);
        Answer loaded = channel.run(Command.of(CommandCode.LOAD_EXTERNAL, external));
        try (Loaded key = channel.loaded(loaded, authoriser.name())) {
            TpmWriter parameters =
                    new TpmWriter()
                            .sized(signed.signedDigest().bytes())
                            .bytes(signed.toSignature());
            return channel.run(Command.of(CommandCode.VERIFY_SIGNATURE, parameters, key.entity()))
                    .reader()
                    .rest("ticket");
        }
    }
}
