package io.attestgate.attest.tpm;

import io.attestgate.attest.tpm.TpmException.Reason;
import java.util.Arrays;

/**
 * An NV index of ours, as its definition makes it (TPMS_NV_PUBLIC, Part 2 §13.6).
 *
 * <p>Its name follows from the definition and from whether it was ever written. It does not follow
 * from its authorisation value, so an index that somebody removed and defined anew can have the
 * same name.
 */
record Index(int handle, Kind kind) {
    /** The owner's range (Part 2 §7.8; TCG Registry of Reserved TPM 2.0 Handles §2.2). */
    static final int HANDLE_FIRST = 0x01800000;

    static final int HANDLE_COUNT = 0x00400000;

    private static final int AUTHWRITE = 1 << 2;
    private static final int AUTHREAD = 1 << 18;
    private static final int NO_DA = 1 << 25;
    private static final int WRITTEN = 1 << 29;
    private static final int TYPE_AT = 4;

    /** What an index does when it is written (TPM_NT, Part 2 §13.2). */
    enum Kind {
        /** Holds SHA-256(before || data) from then on. */
        EXTEND(4, 32),
        /** Goes up by one, and never starts below where any counter of this TPM ever was. */
        COUNTER(1, 8);

        private final int type;
        private final int sizeBytes;

        Kind(int type, int sizeBytes) {
            this.type = type;
            this.sizeBytes = sizeBytes;
        }

        int sizeBytes() {
            return sizeBytes;
        }
    }

    /**
     * Defines it, under the owner's authorisation; {@code value} goes there encrypted.
     *
     * @throws TpmException {@link ResponseCode.Failure#NV_DEFINED} if the handle is taken
     */
    void define(Channel channel, byte[] value) throws TpmException {
        TpmWriter parameters = new TpmWriter().sized(value).sized(definition(false));
        channel.run(CommandCode.NV_DEFINE_SPACE, parameters, Entity.OWNER).reader().end();
    }

    /** Removes it, as the owner can at any time. */
    void undefine(Channel channel) throws TpmException {
        Entity self = new Entity(handle, name(isWritten(channel)));
        channel.run(CommandCode.NV_UNDEFINE_SPACE, new TpmWriter(), Entity.OWNER, self)
                .reader()
                .end();
    }

    /**
     * Whether it was ever written, by the TPM's own word: the name goes into the HMAC of the
     * question, and the TPM refuses one that is not the index's (Part 1 §18.7).
     *
     * @throws TpmException {@link Reason#OTHER_INDEX} if another index stands there, or none
     */
    boolean isWritten(Channel channel) throws TpmException {
        if (isDefinedAs(channel, true)) {
            return true;
        }
        if (isDefinedAs(channel, false)) {
            return false;
        }
        throw other("one of another definition");
    }

    private boolean isDefinedAs(Channel channel, boolean isWritten) throws TpmException {
        byte[] found;
        try {
            TpmReader reader =
                    channel.run(CommandCode.NV_READ_PUBLIC, new TpmWriter(), entity(isWritten))
                            .reader();
            found = reader.sized("definition");
        } catch (TpmException e) {
            if (e.is(ResponseCode.Failure.HANDLE)) {
                throw other("none");
            }
            if (isRefusedAuthorisation(e)) {
                return false;
            }
            throw e;
        }
        if (!Arrays.equals(found, definition(isWritten))) {
            throw other(TpmName.of(found).toString());
        }
        return true;
    }

    private TpmException other(String found) {
        return TpmException.of(
                Reason.OTHER_INDEX,
                "index 0x%08x".formatted(handle),
                found,
                "%s or %s, as it was defined for this state".formatted(name(true), name(false)));
    }

    /** As an entity that was written before. */
    Entity written() {
        return new Entity(handle, name(true));
    }

    /** As it is. */
    Entity entity(boolean isWritten) {
        return new Entity(handle, name(isWritten));
    }

    TpmName name(boolean isWritten) {
        return TpmName.of(definition(isWritten));
    }

    /**
     * Reads the whole of it.
     *
     * @throws TpmException {@link Reason#OTHER_INDEX} if it has another authorisation value: one
     *     that somebody defined anew
     */
    byte[] read(Channel channel, byte[] value) throws TpmException {
        TpmWriter parameters = new TpmWriter().uint16(kind.sizeBytes()).uint16(0);
        TpmReader reader = run(channel, CommandCode.NV_READ, value, parameters, true).reader();
        byte[] read = reader.sized("data");
        reader.end();
        if (read.length != kind.sizeBytes()) {
            throw reader.malformed(read.length + " bytes", kind.sizeBytes() + " bytes");
        }
        return read;
    }

    /** Writes it in its kind's way. */
    Answer write(Channel channel, CommandCode code, byte[] value, TpmWriter parameters)
            throws TpmException {
        return run(channel, code, value, parameters, isWritten(channel));
    }

    private Answer run(
            Channel channel,
            CommandCode code,
            byte[] value,
            TpmWriter parameters,
            boolean isWritten)
            throws TpmException {
        Entity self = entity(isWritten);
        try {
            return channel.run(code, value, parameters, self, self);
        } catch (TpmException e) {
            if (e.is(ResponseCode.Failure.HANDLE)) {
                throw other("none");
            }
            throw isRefusedAuthorisation(e) ? other("one of another authorisation value") : e;
        }
    }

    private static boolean isRefusedAuthorisation(TpmException e) {
        return e.is(ResponseCode.Failure.AUTH_FAIL) || e.is(ResponseCode.Failure.BAD_AUTH);
    }

    private byte[] definition(boolean isWritten) {
        int attributes =
                AUTHWRITE | AUTHREAD | NO_DA | kind.type << TYPE_AT | (isWritten ? WRITTEN : 0);
        return new TpmWriter()
                .uint32(handle)
                .uint16(Tpms.ALG_SHA256)
                .uint32(attributes)
                .sized(new byte[0])
                .uint16(kind.sizeBytes())
                .toBytes();
    }
}
