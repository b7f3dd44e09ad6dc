package io.attestgate.proxy.cli;

import io.attestgate.policy.diff.Direction;
import io.attestgate.policy.diff.FieldChange;
import io.attestgate.policy.diff.NameChange;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a change of documents does, for people and for programs. */
final class DiffListing {
    private static final int PATH_CHARS = 40;

    private DiffListing() {}

    static void print(List<NameChange> changes, Output output) {
        if (changes.isEmpty()) {
            output.line("no difference");
            return;
        }
        changes.forEach(change -> print(change, output));
        output.line(
                "%d %s: %d widen, %d narrow, %d other"
                        .formatted(
                                changes.size(),
                                changes.size() == 1 ? "name" : "names",
                                count(changes, Direction.WIDENS),
                                count(changes, Direction.NARROWS),
                                count(changes, Direction.CHANGES)));
    }

    private static void print(NameChange change, Output output) {
        output.line("%s: %s".formatted(PolicyFile.title(change.name()), what(change)));
        change.fields().forEach(field -> output.value(word(field.direction()), line(field)));
        change.faults().forEach(fault -> output.value("REFUSED", fault.toString()));
    }

    private static String what(NameChange change) {
        String now =
                switch (change.kind()) {
                    case ADDED -> "added";
                    case REMOVED -> "removed: a tombstone stays, and nothing is served";
                    case CHANGED -> "changed";
                    case AFFECTED -> "its document stays, what it stands within changes";
                };
        return change.faultsBefore().isEmpty() || change.after().isEmpty()
                ? now
                : now + "; gateways refuse its old document, so all of it is told";
    }

    private static String line(FieldChange field) {
        return "%s %s".formatted(padded(field.path()), value(field));
    }

    private static String value(FieldChange field) {
        if (field.before().isEmpty()) {
            return "+ " + field.after().orElseThrow();
        }
        return field.after()
                .map(after -> field.before().get() + " -> " + after)
                .orElseGet(() -> "- " + field.before().get());
    }

    private static String padded(String path) {
        return path + " ".repeat(Math.max(0, PATH_CHARS - path.length()));
    }

    /** Whether gateways will refuse a document that they did not refuse before. */
    static boolean isRefused(List<NameChange> changes) {
        return changes.stream().anyMatch(change -> !change.faults().isEmpty());
    }

    static Json json(List<NameChange> changes) {
        return Json.object(
                "names", new Json.Arr(changes.stream().map(DiffListing::json).toList()),
                "widens", count(changes, Direction.WIDENS),
                "narrows", count(changes, Direction.NARROWS),
                "changes", count(changes, Direction.CHANGES));
    }

    private static Json json(NameChange change) {
        return Json.object(
                "name", change.name().value(),
                "change", change.kind().name().toLowerCase(Locale.ROOT),
                "before", orNull(change.before().map(Hash32::toString)),
                "after", orNull(change.after().map(Hash32::toString)),
                "fields", new Json.Arr(change.fields().stream().map(DiffListing::json).toList()),
                "faultsBefore", faults(change.faultsBefore()),
                "faults", faults(change.faults()));
    }

    private static Json json(FieldChange field) {
        return Json.object(
                "path", field.path(),
                "direction", word(field.direction()),
                "before", orNull(field.before()),
                "after", orNull(field.after()));
    }

    private static Json faults(List<Fault> faults) {
        return Json.Arr.of(faults.stream().map(Fault::toString).toList());
    }

    private static Json orNull(Optional<String> text) {
        return text.<Json>map(Json.Text::new).orElse(new Json.Null());
    }

    private static long count(List<NameChange> changes, Direction direction) {
        return changes.stream()
                .flatMap(change -> change.fields().stream())
                .filter(field -> field.direction() == direction)
                .count();
    }

    private static String word(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }
}
