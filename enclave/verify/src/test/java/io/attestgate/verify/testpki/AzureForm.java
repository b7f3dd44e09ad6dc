package io.attestgate.verify.testpki;

import static io.attestgate.verify.testpki.DcapQuote.concat;

import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the paravisor of an Azure machine says and carries, played. */
public final class AzureForm {
    public static final int SNP = 2;
    public static final int TDX = 4;

    private AzureForm() {}

    /** The runtime data of a machine whose TPM has that key. */
    public static byte[] runtime(PublicKey attestationKey) {
        return CanonicalJson.write(
                Json.object(
                        "keys",
                        new Json.Arr(
                                List.of(
                                        key("HCLAkPub", attestationKey),
                                        key("HCLEkPub", TpmKey.endorsing().keys.getPublic()))),
                        "vm-configuration",
                        Json.object(
                                "console-enabled", true,
                                "secure-boot", true,
                                "tpm-enabled", true,
                                "vmUniqueId", "26F8BC30-774E-4290-8E7A-535F3B672AEE"),
                        "user-data",
                        "00".repeat(64)));
    }

    /** One key in the form of RFC 7517. */
    public static Json key(String name, PublicKey key) {
        RSAPublicKey rsa = (RSAPublicKey) key;
        return Json.object(
                "kid",
                name,
                "kty",
                "RSA",
                "e",
                Base64Url.write(rsa.getPublicExponent().toByteArray()),
                "n",
                Base64Url.write(TpmKey.fixed(rsa.getModulus(), rsa.getModulus().bitLength() / 8)));
    }

    /** What the hardware report must carry for that runtime data. */
    public static byte[] reportData(byte[] runtime) {
        return Arrays.copyOf(Digests.sha256(runtime), 64);
    }

    /** A whole HCL report, as the NV index has it. */
    public static byte[] hcl(int type, byte[] hardware, byte[] runtime) {
        return concat(
                "HCLA".getBytes(StandardCharsets.US_ASCII),
                uint32(2),
                uint32(1216 + 20 + runtime.length),
                uint32(2),
                new byte[16],
                Arrays.copyOf(hardware, 1184),
                uint32(20 + runtime.length),
                uint32(1),
                uint32(type),
                uint32(1),
                uint32(runtime.length),
                runtime,
                new byte[30]);
    }

    /** The field of the evidence. */
    public static Json evidence(
            byte[] hcl, byte[] hardware, byte[] runtime, byte[]... certificates) {
        List<Json> all = new ArrayList<>();
        for (byte[] certificate : certificates) {
            all.add(TpmQuote.text(certificate));
        }
        return Json.object(
                "certificates", new Json.Arr(all),
                "hardware", TpmQuote.nullable(hardware),
                "hcl", TpmQuote.nullable(hcl),
                "runtime", TpmQuote.nullable(runtime));
    }

    private static byte[] uint32(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }
}
