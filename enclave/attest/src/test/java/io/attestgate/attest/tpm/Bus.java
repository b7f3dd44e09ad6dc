package io.attestgate.attest.tpm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The operator's bus: sees, changes, keeps and answers what he likes, and ends in a real TPM. */
final class Bus implements TpmTransport {
    private static final int CODE_AT = 6;

    private final TpmTransport tpm;
    private final List<byte[]> seen = new ArrayList<>();
    private Tap tap = TpmTransport::transmit;

    Bus(TpmTransport tpm) {
        this.tpm = tpm;
    }

    /** One without a TPM at its end. */
    static Bus unplugged() {
        return new Bus(
                new TpmTransport() {
                    @Override
                    public byte[] transmit(byte[] command) throws IOException {
                        throw new IOException("unplugged");
                    }

                    @Override
                    public void close() {}
                });
    }

    /** What happens to a command on its way. */
    interface Tap {
        byte[] transmit(TpmTransport tpm, byte[] command) throws IOException;

        /** For one kind of command; the others pass. */
        static Tap on(CommandCode code, Tap tap) {
            return (tpm, command) ->
                    isOf(code, command) ? tap.transmit(tpm, command) : tpm.transmit(command);
        }
    }

    static boolean isOf(CommandCode code, byte[] command) {
        return ByteBuffer.wrap(command).getInt(CODE_AT) == code.code();
    }

    Bus tap(Tap next) {
        tap = next;
        return this;
    }

    /** Lets everything pass again. */
    void quiet() {
        tap = TpmTransport::transmit;
    }

    /** All commands and answers so far. */
    List<byte[]> seen() {
        return seen;
    }

    /** An answer that only says this. */
    static byte[] refusal(int code) {
        return new TpmWriter().uint16(Tpms.ST_NO_SESSIONS).uint32(10).uint32(code).toBytes();
    }

    @Override
    public byte[] transmit(byte[] command) throws IOException {
        seen.add(command.clone());
        byte[] answer = tap.transmit(tpm, command);
        seen.add(answer.clone());
        return answer;
    }

    @Override
    public void close() throws IOException {
        tpm.close();
    }
}
