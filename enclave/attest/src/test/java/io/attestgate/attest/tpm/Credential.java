package io.attestgate.attest.tpm;

import io.attestgate.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * A credential as tpm2-tools make it, without a TPM.
 *
 * @param credential TPM2B_ID_OBJECT
 * @param encryptedSecret TPM2B_ENCRYPTED_SECRET
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Credential(byte[] credential, byte[] encryptedSecret) {
    private static final long MAGIC_AND_VERSION = 0xBADCC0DE00000001L;

    static Credential make(Path folder, byte[] endorsementKey, byte[] keyName, byte[] secret)
            throws IOException, InterruptedException, TpmException {
        Path key =
                Files.write(
                        folder.resolve("ek.pub"), new TpmWriter().sized(endorsementKey).toBytes());
        Path content = Files.write(folder.resolve("secret"), secret);
        Path made = folder.resolve("credential");
        List<String> command =
                List.of(
                        Peer.TPM2.require().toString(),
                        "makecredential",
                        "-T",
                        "none",
                        "-u",
                        key.toString(),
                        "-s",
                        content.toString(),
                        "-n",
                        HexFormat.of().formatHex(keyName),
                        "-o",
                        made.toString());
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("tpm2 makecredential: status " + status);
        }
        TpmReader reader = TpmReader.of("credential file", Files.readAllBytes(made));
        if (reader.int64("magic and version") != MAGIC_AND_VERSION) {
            throw new IOException("tpm2 makecredential: a file of another form");
        }
        return new Credential(whole(reader, "credential"), whole(reader, "encrypted secret"));
    }

    private static byte[] whole(TpmReader reader, String field) throws TpmException {
        return new TpmWriter().sized(reader.sized(field)).toBytes();
    }
}
