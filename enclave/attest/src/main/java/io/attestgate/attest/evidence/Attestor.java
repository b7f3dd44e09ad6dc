package io.attestgate.attest.evidence;

import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Merkle;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Makes evidence for claims.
 *
 * <p>One report is being made at a time. What arrives meanwhile waits, and all that wait share the
 * next report by a Merkle tree (docs/evidence.md, path); so a device that answers four times a
 * second serves any number of clients, each after half a second at most. Claims that waited alone
 * have a report to themselves.
 *
 * <p>Safe for use by several threads. The executor runs at most one task of it at a time, which
 * lasts as long as the hardware takes; stages complete there.
 */
public final class Attestor {
    /** Those who wait beyond this get an error at once: with it, a path has 12 siblings. */
    public static final int WAITING_MAX = 4096;

    private final Platform platform;
    private final Executor executor;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean busy;

    /** Makes reports by {@code platform}, on {@code executor}. */
    public Attestor(Platform platform, Executor executor) {
        this.platform = platform;
        this.executor = executor;
    }

    /**
     * Evidence for these exact bytes. Fails with an {@link AttestationException} if the platform
     * does, or if too many wait.
     */
    public CompletionStage<EvidenceEnvelope> attest(byte[] claims) {
        Waiting one = new Waiting(claims.clone(), new CompletableFuture<>());
        switch (enqueue(one)) {
            case FULL -> one.refuse();
            case FIRST -> executor.execute(this::work);
            case BEHIND -> {}
        }
        return one.answer.minimalCompletionStage();
    }

    private enum Place {
        FIRST,
        BEHIND,
        FULL
    }

    private synchronized Place enqueue(Waiting one) {
        if (waiting.size() >= WAITING_MAX) {
            return Place.FULL;
        }
        waiting.add(one);
        if (busy) {
            return Place.BEHIND;
        }
        busy = true;
        return Place.FIRST;
    }

    private void work() {
        boolean finished = false;
        try {
            for (List<Waiting> batch = next(); !batch.isEmpty(); batch = next()) {
                answer(batch);
            }
            finished = true;
        } finally {
            if (!finished) {
                stop(); // By a bug, which goes on to the executor; later claims are not stuck.
            }
        }
    }

    private synchronized void stop() {
        busy = false;
    }

    private synchronized List<Waiting> next() {
        List<Waiting> batch = List.copyOf(waiting);
        waiting.clear();
        busy = !batch.isEmpty();
        return batch;
    }

    private void answer(List<Waiting> batch) {
        List<Hash32> leaves = batch.stream().map(one -> ReportData.leaf(one.claims)).toList();
        try {
            Map<String, CmwRecord> evidence = platform.report(reportData(batch, leaves));
            List<List<Hash32>> paths = Merkle.paths(leaves, ReportData::node);
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer(paths.get(i), evidence);
            }
        } catch (PlatformException e) {
            AttestationException failed =
                    new AttestationException("platform: " + e.getMessage(), e);
            batch.forEach(one -> one.fail(failed));
        } finally {
            batch.forEach(Waiting::abandon);
        }
    }

    private static ReportData reportData(List<Waiting> batch, List<Hash32> leaves) {
        return batch.size() == 1
                ? ReportData.of(batch.getFirst().claims)
                : ReportData.ofBatchRoot(Merkle.root(leaves, ReportData::node));
    }

    /** Claims whose evidence somebody waits for. */
    private static final class Waiting {
        final byte[] claims;
        final CompletableFuture<EvidenceEnvelope> answer;

        Waiting(byte[] claims, CompletableFuture<EvidenceEnvelope> answer) {
            this.claims = claims;
            this.answer = answer;
        }

        void answer(List<Hash32> path, Map<String, CmwRecord> evidence) {
            boolean first = answer.complete(EvidenceEnvelope.of(claims, path, evidence));
            assert first;
        }

        void fail(AttestationException failed) {
            boolean first = answer.completeExceptionally(failed);
            assert first;
        }

        /** Fails what nothing else has answered. */
        void abandon() {
            if (!answer.isDone()) {
                fail(new AttestationException("claims: given up by a bug", false));
            }
        }

        void refuse() {
            fail(
                    new AttestationException(
                            "claims: more than %d wait (expected: fewer)".formatted(WAITING_MAX),
                            true));
        }
    }
}
