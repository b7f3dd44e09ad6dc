package io.attestgate.attest.tpm;

import io.attestgate.attest.tpm.Channel.Primary;

/**
 * Opens a credential: shows whoever made it that the attestation key and the endorsement key are in
 * one TPM (Part 1 §24).
 */
final class Activation {
    private Activation() {}

    /**
     * The secret that was encrypted to the endorsement key and the attestation key's name.
     *
     * @param credential TPM2B_ID_OBJECT
     * @param encryptedSecret TPM2B_ENCRYPTED_SECRET
     * @throws TpmException if the credential is for another key, or another TPM
     */
    static byte[] activate(Channel channel, byte[] credential, byte[] encryptedSecret)
            throws TpmException {
        TpmWriter parameters = new TpmWriter().bytes(credential).bytes(encryptedSecret);
        try (Primary key = channel.primary(Entity.ENDORSEMENT, EccPublic.attestation());
                Session session = channel.session(Tpms.SE_HMAC);
                Session policy = channel.session(Tpms.SE_POLICY)) {
            satisfy(channel, policy);
            Entity endorsement = channel.endorsement().entity();
            Answer answer =
                    channel.run(
                            Command.of(
                                    CommandCode.ACTIVATE_CREDENTIAL,
                                    parameters,
                                    key.entity(),
                                    endorsement),
                            session.use(CommandCode.ACTIVATE_CREDENTIAL),
                            policy.useInClear(CommandCode.ACTIVATE_CREDENTIAL));
            TpmReader opened = answer.reader();
            byte[] secret = opened.sized("secret");
            opened.end();
            answer.erase();
            return secret;
        }
    }

    /** The endorsement key's policy: PolicySecret of its hierarchy, whose value is empty. */
    private static void satisfy(Channel channel, Session policy) throws TpmException {
        TpmWriter parameters =
                new TpmWriter().sized(new byte[0]).sized(new byte[0]).sized(new byte[0]).uint32(0);
        TpmReader answer =
                channel.run(
                                Command.of(
                                        CommandCode.POLICY_SECRET,
                                        parameters,
                                        Entity.ENDORSEMENT,
                                        policy.entity()),
                                new EmptyPassword())
                        .reader();
        byte[] timeoutAndTicket = answer.rest("timeout and ticket");
        assert timeoutAndTicket.length > 0;
    }
}
