package io.attestgate.peer;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips, or fails, a test whose {@link RequiresPeer} names a peer that is not here. */
final class PeerCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<Peer> absent =
                AnnotationSupport.findAnnotation(context.getElement(), RequiresPeer.class)
                        .map(required -> Stream.of(required.value()))
                        .orElseGet(Stream::empty)
                        .map(Peer::of)
                        .filter(peer -> peer.locate().isEmpty())
                        .toList();
        if (absent.isEmpty()) {
            return ConditionEvaluationResult.enabled("every peer is here");
        }
        String names =
                absent.stream()
                        .map(peer -> peer.label() + " (" + peer.install() + ")")
                        .collect(Collectors.joining(", "));
        if (System.getProperty("attestgate.peers", "optional").equals("required")
                && !absent.equals(List.of(Peer.VECTORS))) {
            throw new IllegalStateException("absent peer: " + names);
        }
        return ConditionEvaluationResult.disabled("SKIPPED, absent peer: " + names);
    }
}
