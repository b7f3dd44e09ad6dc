package io.attestgate.attest.tpm;

/**
 * The empty authorisation value of a hierarchy or index, in the clear (Part 1 §19.4).
 *
 * <p>Nobody vouches for the answer. It is for what is checked otherwise: a key whose name is known,
 * a policy that the TPM itself holds a later command against.
 */
record EmptyPassword() implements Authorization {
    private static final int CONTINUE = 1;

    @Override
    public byte[] sealed(byte[] parameters) {
        return parameters;
    }

    @Override
    public byte[] toBytes(byte[] commandHash) {
        return new TpmWriter()
                .uint32(Tpms.RS_PW)
                .sized(new byte[0])
                .uint8(CONTINUE)
                .sized(new byte[0])
                .toBytes();
    }

    @Override
    public void judge(TpmReader area, byte[] answerHash) throws TpmException {
        int nonceBytes = area.sized("password's nonce").length;
        int attributes = area.uint8("password's attributes");
        int hmacBytes = area.sized("password's hmac").length;
        if (nonceBytes != 0 || hmacBytes != 0 || attributes != CONTINUE) {
            throw area.malformed("a session's answer", "a password's");
        }
    }

    @Override
    public byte[] opened(byte[] parameters) {
        return parameters;
    }
}
