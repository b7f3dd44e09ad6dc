package io.attestgate.attest.tpm;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Speaks with the one TPM that has an endorsement key: each command in a session of its own that is
 * salted to that key, so that nobody else can answer, or replay what it answered before.
 *
 * <p>Whether that key is the right one is the caller's to judge, by {@link #endorsement its name}.
 * One thread at a time. Closing closes the transport.
 */
final class Channel implements AutoCloseable {
    private final Tpm tpm;
    private final SecureRandom random;
    private final Primary endorsement;

    private Channel(Tpm tpm, SecureRandom random, Primary endorsement) {
        this.tpm = tpm;
        this.random = random;
        this.endorsement = endorsement;
    }

    /** Makes the endorsement key, the same one each time. */
    static Channel open(Tpm tpm, SecureRandom random) throws TpmException {
        return new Channel(
                tpm,
                random,
                primary(tpm, Entity.ENDORSEMENT, EccPublic.endorsement(), new EmptyPassword()));
    }

    /** An object that the TPM keeps until {@link #close}. */
    record Loaded(Tpm tpm, Entity entity) implements AutoCloseable {
        @Override
        public void close() throws TpmException {
            tpm.flush(entity.handle());
        }
    }

    /** A primary key, and its point. */
    record Primary(Loaded loaded, EccPublic key) implements AutoCloseable {
        Entity entity() {
            return loaded.entity();
        }

        @Override
        public void close() throws TpmException {
            loaded.close();
        }
    }

    /** The endorsement key, as whoever answers gave it. */
    Primary endorsement() {
        return endorsement;
    }

    /** Makes a primary key of a hierarchy whose authorisation value is empty. */
    Primary primary(Entity hierarchy, EccPublic template) throws TpmException {
        try (Session session = session(Tpms.SE_HMAC)) {
            return primary(tpm, hierarchy, template, session.use(CommandCode.CREATE_PRIMARY));
        }
    }

    private static Primary primary(
            Tpm tpm, Entity hierarchy, EccPublic template, Authorization authorization)
            throws TpmException {
        byte[] noSecret = new TpmWriter().sized(new byte[0]).sized(new byte[0]).toBytes();
        TpmWriter parameters =
                new TpmWriter()
                        .sized(noSecret)
                        .sized(template.toBytes())
                        .sized(new byte[0])
                        .uint32(0);
        Answer made =
                tpm.run(
                        Command.of(CommandCode.CREATE_PRIMARY, parameters, hierarchy),
                        authorization);
        EccPublic key = template.made(made.reader().sized("public area"));
        return new Primary(new Loaded(tpm, new Entity(made.handle(), key.name())), key);
    }

    /** A new session; the caller closes it. */
    Session session(int type) throws TpmException {
        return Session.start(tpm, random, type, endorsement.entity().handle(), endorsement.key());
    }

    /** Runs a command on entities whose authorisation values are empty. */
    Answer run(CommandCode code, TpmWriter parameters, Entity... entities) throws TpmException {
        return run(code, new byte[0], parameters, entities);
    }

    /**
     * Runs a command.
     *
     * @param value of the first entity, without zero bytes at its end
     * @param parameters erased afterwards: they may hold a secret
     */
    Answer run(CommandCode code, byte[] value, TpmWriter parameters, Entity... entities)
            throws TpmException {
        byte[] bytes = parameters.toBytes();
        parameters.erase();
        try (Session session = session(Tpms.SE_HMAC)) {
            return tpm.run(new Command(code, List.of(entities), bytes), session.use(code, value));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Runs a command with other authorisations than one session of its own. */
    Answer run(Command command, Authorization... authorizations) throws TpmException {
        return tpm.run(command, authorizations);
    }

    /** Takes over an object that a command has loaded. */
    Loaded loaded(Answer answer, TpmName name) {
        return new Loaded(tpm, new Entity(answer.handle(), name));
    }

    @Override
    public void close() throws TpmException {
        try (tpm) {
            endorsement.close();
        }
    }
}
