package io.attestgate.policy.beacon;

import io.attestgate.policy.beacon.spec.ByteString;
import io.attestgate.policy.beacon.spec.SyncAggregate;
import io.attestgate.policy.beacon.spec.SyncCommittee;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import supranational.blst.BLST_ERROR;
import supranational.blst.P1;
import supranational.blst.P1_Affine;
import supranational.blst.P2_Affine;

/**
 * A sync committee whose every key is known to be a point of the right group, ready to verify.
 *
 * <p>Made once per committee, which takes tens of milliseconds; a verification then adds the keys
 * of those who signed, or takes those who did not from the sum of all, whichever are fewer, and
 * computes one pairing. For any thread.
 */
final class CommitteeKeys {
    /** The ciphersuite of Ethereum's signatures (draft-irtf-cfrg-bls-signature, §4.2.3). */
    private static final String SUITE = "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_";

    /** In the first byte of a point: it is compressed. */
    private static final int COMPRESSED = 0x80;

    private final SyncCommittee committee;
    private final List<P1_Affine> keys;
    private final P1 sum;

    private CommitteeKeys(SyncCommittee committee, List<P1_Affine> keys, P1 sum) {
        this.committee = committee;
        this.keys = keys;
        this.sum = sum;
    }

    /** {@code KeyValidate} for each key, and their sum compared with the one claimed. */
    static Parsed<CommitteeKeys> validate(SyncCommittee committee) {
        List<P1_Affine> keys = new ArrayList<>();
        P1 sum = new P1();
        for (ByteString bytes : committee.keys()) {
            Optional<P1_Affine> key = key(bytes);
            if (key.isEmpty()) {
                return Parsed.bad(
                        new Fault(
                                "pubkeys[" + keys.size() + "]",
                                bytes.toString(),
                                "a point of G1, not at infinity"));
            }
            keys.add(key.get());
            sum = sum.add(key.get());
        }
        ByteString aggregate = ByteString.of(sum.compress());
        if (!aggregate.equals(committee.aggregateKey())) {
            return Parsed.bad(
                    new Fault(
                            "aggregate_pubkey",
                            committee.aggregateKey().toString(),
                            "the sum of the keys, " + aggregate));
        }
        return Parsed.good(new CommitteeKeys(committee, List.copyOf(keys), sum));
    }

    /** The bytes that these are the keys of. */
    SyncCommittee committee() {
        return committee;
    }

    /** {@code FastAggregateVerify}: whether those whose bits are set signed this root. */
    boolean verify(SyncAggregate aggregate, Hash32 signingRoot) {
        Optional<P2_Affine> signature = signature(aggregate.signature());
        if (signature.isEmpty() || aggregate.signers() == 0) {
            return false;
        }
        P1_Affine signers = sumOf(aggregate).to_affine();
        BLST_ERROR verdict = signature.get().core_verify(signers, true, signingRoot.bytes(), SUITE);
        return verdict == BLST_ERROR.BLST_SUCCESS;
    }

    private P1 sumOf(SyncAggregate aggregate) {
        boolean mostSigned = 2 * aggregate.signers() > keys.size();
        P1 result = mostSigned ? sum.dup() : new P1();
        for (int place = 0; place < keys.size(); place++) {
            if (mostSigned && !aggregate.signedBy(place)) {
                result = result.add(keys.get(place).to_jacobian().neg());
            } else if (!mostSigned && aggregate.signedBy(place)) {
                result = result.add(keys.get(place));
            }
        }
        return result;
    }

    /** The library throws for bytes that are no point; nothing else in its way does. */
    private static Optional<P1_Affine> key(ByteString bytes) {
        if (!isCompressed(bytes)) {
            return Optional.empty();
        }
        try {
            P1_Affine key = new P1_Affine(bytes.bytes());
            return Optional.of(key).filter(k -> !k.is_inf() && k.in_group());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<P2_Affine> signature(ByteString bytes) {
        if (!isCompressed(bytes)) {
            return Optional.empty();
        }
        try {
            P2_Affine signature = new P2_Affine(bytes.bytes());
            return Optional.of(signature).filter(P2_Affine::in_group);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isCompressed(ByteString point) {
        return (point.bytes()[0] & COMPRESSED) != 0;
    }
}
