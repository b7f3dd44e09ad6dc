package io.attestgate.proxy.bootstrap;

import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Contract addresses as people copy them: lower case, or the mixed case that is a checksum. */
public final class SpeltAddress {
    public static final String RULE =
            "0x and 40 hexadecimal digits, in lower case or with a right EIP-55 checksum";

    private SpeltAddress() {}

    /** Reads an address; empty if it is none, or if its checksum is wrong. */
    public static Optional<Address> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return Address.parse(lower)
                .filter(address -> text.equals(lower) || text.equals(checksummed(lower)));
    }

    /** EIP-55: a letter is upper case where the hash of the lower-case digits has 8 or more. */
    private static String checksummed(String lower) {
        byte[] hash = Digests.keccak256(lower.substring(2).getBytes(StandardCharsets.US_ASCII));
        StringBuilder out = new StringBuilder("0x");
        for (int i = 0; i < lower.length() - 2; i++) {
            int nibble = (i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2]) & 0xf;
            char digit = lower.charAt(i + 2);
            out.append(nibble >= 8 ? Character.toUpperCase(digit) : digit);
        }
        return out.toString();
    }
}
