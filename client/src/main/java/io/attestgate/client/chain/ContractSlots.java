package io.attestgate.client.chain;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.contracts.StorageSlot;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;

/**
 * Where GatewayPolicy keeps what a reader asks for, by its committed storage layout (Solidity,
 * "Layout of State Variables in Storage").
 */
final class ContractSlots {
    private static final BigInteger WORDS = BigInteger.ONE.shiftLeft(256);

    private final ContractArtifact artifact = ContractArtifact.load("GatewayPolicy");

    /** keccak256 of the code that this layout is of. */
    Hash32 codeHash() {
        return artifact.codeHash();
    }

    StorageSlot epoch() {
        return artifact.slot("epoch");
    }

    /** The word that {@link #epoch} lies in. */
    Hash32 epochWord() {
        return Hash32.of(word(BigInteger.valueOf(epoch().number())));
    }

    Hash32 head() {
        return Hash32.of(word(BigInteger.valueOf(artifact.slot("head").number())));
    }

    Hash32 headAt(long epoch) {
        long base = artifact.slot("headAt").number();
        return Hash32.of(Digests.keccak256(new AbiEncoder().uint(epoch).uint(base).encode()));
    }

    Hash32 documentHash(PolicyName name) {
        long base = artifact.slot("_entries").number();
        byte[] entry = Digests.keccak256(new AbiEncoder().bytes32(name.hash()).uint(base).encode());
        long member = artifact.member("Entry", "documentHash").number();
        return Hash32.of(word(new BigInteger(1, entry).add(BigInteger.valueOf(member)).mod(WORDS)));
    }

    /** The word of a slot's number. */
    private static byte[] word(BigInteger number) {
        return new AbiEncoder().uint(number).encode();
    }
}
