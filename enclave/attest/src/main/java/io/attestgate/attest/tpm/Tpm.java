package io.attestgate.attest.tpm;

import io.attestgate.attest.tpm.TpmException.Reason;
import io.attestgate.wire.Digests;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Sends commands and reads answers, in the form of Part 1 §18.
 *
 * <p>What answers without a session is anybody's word. One thread at a time.
 */
final class Tpm implements AutoCloseable {
    /** Together half a minute, longer than any self test. */
    static final int ATTEMPTS_MAX = 14;

    private static final int HEADER_BYTES = 10;
    private static final int SUCCESS = 0;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final TpmTransport transport;
    private final Pause pause;

    Tpm(TpmTransport transport) {
        this(transport, attempt -> LockSupport.parkNanos(PAUSE_NANOS << attempt));
    }

    /** With a wait of the caller's own between attempts. */
    Tpm(TpmTransport transport, Pause pause) {
        this.transport = transport;
        this.pause = pause;
    }

    /** What happens between attempts, counted from 0. */
    interface Pause {
        void after(int attempt);
    }

    /**
     * Runs one command.
     *
     * @param authorizations one for each handle that needs one, then others
     * @return the answer, which each session among them has found to be the TPM's
     */
    Answer run(Command command, Authorization... authorizations) throws TpmException {
        List<Authorization> all = List.of(authorizations);
        byte[] answer = exchange(command.code(), marshalled(command, all));
        TpmReader reader = TpmReader.of(command.code().label(), answer);
        requireTag(command.code(), reader.uint16("tag"), !all.isEmpty());
        byte[] sizeAndCode = reader.bytes("header", HEADER_BYTES - Short.BYTES);
        assert sizeAndCode.length == HEADER_BYTES - Short.BYTES;
        int handle = command.code().answersHandle() ? reader.int32("handle") : 0;
        if (all.isEmpty()) {
            return new Answer(command.code(), handle, reader.rest("parameters"));
        }
        byte[] parameters = reader.bytes("parameters", reader.int32("parameters' size"));
        byte[] hash = answerHash(command.code(), parameters);
        for (Authorization authorization : all) {
            authorization.judge(reader, hash);
        }
        reader.end();
        for (Authorization authorization : all) {
            parameters = authorization.opened(parameters);
        }
        return new Answer(command.code(), handle, parameters);
    }

    private static void requireTag(CommandCode code, int tag, boolean withSessions)
            throws TpmException {
        if (tag != (withSessions ? Tpms.ST_SESSIONS : Tpms.ST_NO_SESSIONS)) {
            throw TpmException.of(
                    Reason.UNAUTHENTIC,
                    code.label(),
                    "an answer of tag 0x%x".formatted(tag),
                    withSessions ? "one in our session; Part 1 §18.4" : "one without sessions");
        }
    }

    private static byte[] marshalled(Command command, List<Authorization> authorizations) {
        byte[] parameters = command.parameters();
        for (Authorization authorization : authorizations) {
            parameters = authorization.sealed(parameters);
        }
        TpmWriter body = new TpmWriter();
        command.entities().forEach(entity -> body.uint32(entity.handle()));
        if (!authorizations.isEmpty()) {
            byte[] hash = commandHash(command, parameters);
            TpmWriter area = new TpmWriter();
            authorizations.forEach(authorization -> area.bytes(authorization.toBytes(hash)));
            body.uint32(area.toBytes().length).bytes(area.toBytes());
        }
        byte[] rest = body.bytes(parameters).toBytes();
        return new TpmWriter()
                .uint16(authorizations.isEmpty() ? Tpms.ST_NO_SESSIONS : Tpms.ST_SESSIONS)
                .uint32(HEADER_BYTES + rest.length)
                .uint32(command.code().code())
                .bytes(rest)
                .toBytes();
    }

    /** cpHash, Part 1 §18.7. */
    private static byte[] commandHash(Command command, byte[] parameters) {
        TpmWriter hashed = new TpmWriter().uint32(command.code().code());
        command.entities().forEach(entity -> hashed.bytes(entity.name().bytes()));
        return Digests.sha256(hashed.bytes(parameters).toBytes());
    }

    /** rpHash, Part 1 §18.8. */
    private static byte[] answerHash(CommandCode code, byte[] parameters) {
        return Digests.sha256(
                new TpmWriter().uint32(SUCCESS).uint32(code.code()).bytes(parameters).toBytes());
    }

    /** An answer of success; a TPM that is busy is asked again, with the very same bytes. */
    private byte[] exchange(CommandCode code, byte[] command) throws TpmException {
        for (int attempt = 0; ; attempt++) {
            byte[] answer = transmit(code, command);
            TpmReader header = TpmReader.of(code.label(), answer);
            int tag = header.uint16("tag");
            int sizeBytes = header.int32("size");
            ResponseCode answered = new ResponseCode(header.int32("response code"));
            if (sizeBytes != answer.length) {
                throw header.malformed(answer.length + " bytes", sizeBytes + ", as it says");
            }
            if (answered.value() == SUCCESS) {
                return answer;
            }
            if (tag != Tpms.ST_NO_SESSIONS || answer.length != HEADER_BYTES) {
                throw header.malformed("more than a response code", "nothing but it; Part 1 §18.4");
            }
            if (!isBusy(answered) || attempt + 1 >= ATTEMPTS_MAX) {
                throw TpmException.refused(code, answered);
            }
            pause.after(attempt);
        }
    }

    /** Part 1 §30.4: what to try again. */
    private static boolean isBusy(ResponseCode code) {
        return Stream.of(
                        ResponseCode.Failure.RETRY,
                        ResponseCode.Failure.YIELDED,
                        ResponseCode.Failure.TESTING,
                        ResponseCode.Failure.NV_RATE)
                .anyMatch(code::is);
    }

    private byte[] transmit(CommandCode code, byte[] command) throws TpmException {
        try {
            return transport.transmit(command);
        } catch (IOException e) {
            throw TpmException.transport(code.label(), e);
        }
    }

    /** Frees a session or object. */
    void flush(int handle) throws TpmException {
        Answer flushed = run(Command.of(CommandCode.FLUSH_CONTEXT, new TpmWriter().uint32(handle)));
        flushed.reader().end();
    }

    @Override
    public void close() throws TpmException {
        try {
            transport.close();
        } catch (IOException e) {
            throw TpmException.transport("close", e);
        }
    }
}
