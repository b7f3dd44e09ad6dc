package io.attestgate.govern;

import io.attestgate.wire.Address;
import io.attestgate.wire.Hex;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;

/**
 * A secp256k1 key of a development chain, where it guards nothing.
 *
 * <p>It lies on the Java heap, which the garbage collector copies: no key of a real chain belongs
 * here. {@link #toString} shows the address alone.
 */
public final class DevnetKey {
    private static final int SIZE_BYTES = 32;

    private final ECKeyPair pair;
    private final Address address;

    private DevnetKey(ECKeyPair pair) {
        this.pair = pair;
        this.address = Address.parse("0x" + Keys.getAddress(pair)).orElseThrow();
    }

    /** Reads {@code 0x} and 64 lower-case digits that are a key of the curve; empty for others. */
    public static Optional<DevnetKey> parse(String hex) {
        return Hex.parse(hex)
                .filter(bytes -> bytes.length == SIZE_BYTES)
                .map(bytes -> new BigInteger(1, bytes))
                .filter(d -> d.signum() > 0 && d.compareTo(Sign.CURVE_PARAMS.getN()) < 0)
                .map(d -> new DevnetKey(ECKeyPair.create(d)));
    }

    /** The account of this key. */
    public Address address() {
        return address;
    }

    byte[] sign(RawTransaction transaction) {
        byte[] unsigned = TransactionEncoder.encode(transaction);
        Sign.SignatureData signature = Sign.signMessage(unsigned, pair);
        return TransactionEncoder.encode(transaction, signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DevnetKey key
                && Arrays.equals(address.bytes(), key.address.bytes());
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    @Override
    public String toString() {
        return "DevnetKey[" + address + "]";
    }
}
