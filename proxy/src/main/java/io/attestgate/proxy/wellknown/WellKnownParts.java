package io.attestgate.proxy.wellknown;

import io.attestgate.certificate.key.Certificates;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.verify.claims.AcmeAccount;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Hash32;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What the answers are made from. All of it is asked on event loops, so none of it blocks.
 *
 * @param policy the snapshot in force; empty before the first
 * @param certificates the keys that are served and those that follow
 * @param accounts at certificate authorities
 * @param answerKeys those that will sign answers
 * @param config SHA-256 of the bootstrap file
 * @param instance which single machine; empty if the platform hides or lacks it
 * @param attestation evidence for claims, later and on another thread
 * @param documents the bytes of documents by hash, as far as they are at hand
 * @param clock the latest of all clocks
 */
public record WellKnownParts(
        Supplier<Optional<Snapshot>> policy,
        Certificates certificates,
        Supplier<List<AcmeAccount>> accounts,
        AnswerKeys answerKeys,
        Hash32 config,
        Optional<Hash32> instance,
        Attestation attestation,
        Documents documents,
        InstantSource clock) {

    /** Makes evidence. */
    @FunctionalInterface
    public interface Attestation {
        /** Evidence for these exact bytes; the stage fails if there is none to be had. */
        CompletionStage<EvidenceEnvelope> attest(byte[] claims);
    }

    /** Finds documents. */
    @FunctionalInterface
    public interface Documents {
        /** The bytes whose keccak256 this is; empty if they are not at hand. */
        Optional<byte[]> byHash(Hash32 hash);
    }
}
