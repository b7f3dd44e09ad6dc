package io.attestgate.attest.tpm;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a TPM must find before it opens the sealed secret (Part 1 §19.7), computed as it does.
 *
 * <p>The secret itself is under PolicyAuthorize: any policy will do that the authoriser signed.
 * Each policy that it signs has two steps, which a TPM checks at the moment of opening:
 *
 * <ol>
 *   <li>PolicyNV: the epoch's counter stands at a certain value. Once it has moved on, all that was
 *       signed for it is void, for old copies of everything too;
 *   <li>PolicyPCR: the chosen PCRs hold certain values.
 * </ol>
 *
 * @param epoch the counter
 * @param epochValue what it must hold
 * @param selection the PCRs
 * @param pcrs SHA-256 of what they must hold
 */
record Policy(Index epoch, long epochValue, PcrSelection selection, Hash32 pcrs) {
    private static final byte[] REFERENCE =
            Digests.sha256("attestgate/tpm/policy/v1".getBytes(StandardCharsets.US_ASCII));

    /** What the authoriser signs besides the policy (policyRef). */
    static byte[] reference() {
        return REFERENCE.clone();
    }

    /** The policy's digest after both steps: what the authoriser signs. */
    Hash32 digest() {
        byte[] compared =
                Digests.sha256(
                        ByteBuffer.allocate(Long.BYTES).putLong(epochValue).array(),
                        new TpmWriter().uint16(0).uint16(Tpms.EO_EQ).toBytes());
        byte[] afterEpoch =
                Digests.sha256(
                        new byte[Hash32.SIZE_BYTES],
                        code(CommandCode.POLICY_NV),
                        compared,
                        epoch.name(true).bytes());
        return Hash32.of(
                Digests.sha256(
                        afterEpoch,
                        code(CommandCode.POLICY_PCR),
                        selection.toBytes(),
                        pcrs.bytes()));
    }

    /** The digest of PolicyAuthorize by a key: what the sealed secret carries. */
    static Hash32 authorisedBy(TpmName authoriser) {
        byte[] signer =
                Digests.sha256(
                        new byte[Hash32.SIZE_BYTES],
                        code(CommandCode.POLICY_AUTHORIZE),
                        authoriser.bytes());
        return Hash32.of(Digests.sha256(signer, REFERENCE));
    }

    private static byte[] code(CommandCode command) {
        return new TpmWriter().uint32(command.code()).toBytes();
    }

    /**
     * Walks a policy session through both steps and the authorisation.
     *
     * @param ticket of the signature over {@link #digest}
     */
    void satisfy(Channel channel, Entity session, TpmName authoriser, byte[] ticket)
            throws TpmException {
        Entity counter = epoch.written();
        TpmWriter operand =
                new TpmWriter().uint16(Long.BYTES).uint64(epochValue).uint16(0).uint16(Tpms.EO_EQ);
        channel.run(
                        Command.of(CommandCode.POLICY_NV, operand, counter, counter, session),
                        new EmptyPassword())
                .reader()
                .end();
        TpmWriter expected = new TpmWriter().sized(pcrs.bytes()).bytes(selection.toBytes());
        channel.run(Command.of(CommandCode.POLICY_PCR, expected, session)).reader().end();
        TpmWriter approved =
                new TpmWriter()
                        .sized(digest().bytes())
                        .sized(REFERENCE)
                        .sized(authoriser.bytes())
                        .bytes(ticket);
        channel.run(Command.of(CommandCode.POLICY_AUTHORIZE, approved, session)).reader().end();
    }
}
