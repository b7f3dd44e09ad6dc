package io.attestgate.peer.beacon;

import io.attestgate.policy.beacon.spec.ByteString;
import io.attestgate.policy.beacon.spec.SyncCommittee;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import supranational.blst.P1;
import supranational.blst.P2;
import supranational.blst.SecretKey;

/**
 * The secret keys of one sync committee, made of a name that everybody knows.
 *
 * <p>Signatures of one message add up as their keys do, so that a committee of 512 signs once, with
 * the sum of the keys of those who are to have signed.
 */
final class CommitteeSecrets {
    /** The order of the groups of BLS12-381. */
    private static final BigInteger ORDER =
            new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);

    private static final String SUITE = "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_";

    /** What the names stand for, which never changes and takes a tenth of a second each. */
    private static final Map<String, CommitteeSecrets> MADE = new ConcurrentHashMap<>();

    private final List<BigInteger> secrets;
    private final SyncCommittee committee;

    private CommitteeSecrets(List<BigInteger> secrets, SyncCommittee committee) {
        this.secrets = secrets;
        this.committee = committee;
    }

    /** The committee of that name; another name is another committee. */
    static CommitteeSecrets of(String name, int size) {
        return MADE.computeIfAbsent(name, n -> make(n, size));
    }

    private static CommitteeSecrets make(String name, int size) {
        List<BigInteger> secrets = new ArrayList<>();
        List<ByteString> keys = new ArrayList<>();
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < size; i++) {
            byte[] seed = (name + "/" + i).getBytes(StandardCharsets.UTF_8);
            BigInteger secret = new BigInteger(1, Digests.sha256(seed)).mod(ORDER);
            secrets.add(secret);
            keys.add(publicKey(secret));
            sum = sum.add(secret);
        }
        return new CommitteeSecrets(secrets, new SyncCommittee(keys, publicKey(sum)));
    }

    SyncCommittee committee() {
        return committee;
    }

    /** The sum of the first so many signatures. */
    ByteString sign(int signers, Hash32 root) {
        BigInteger sum =
                secrets.subList(0, signers).stream().reduce(BigInteger.ZERO, BigInteger::add);
        P2 signature = new P2().hash_to(root.bytes(), SUITE).sign_with(key(sum));
        return ByteString.of(signature.compress());
    }

    private static ByteString publicKey(BigInteger secret) {
        return ByteString.of(new P1(key(secret)).compress());
    }

    private static SecretKey key(BigInteger secret) {
        byte[] magnitude = secret.mod(ORDER).toByteArray();
        byte[] bytes = new byte[Hash32.SIZE_BYTES];
        int from = Math.max(0, magnitude.length - bytes.length);
        int size = magnitude.length - from;
        System.arraycopy(magnitude, from, bytes, bytes.length - size, size);
        SecretKey key = new SecretKey();
        key.from_bendian(bytes);
        return key;
    }
}
