package io.attestgate.policy.beacon;

import io.attestgate.wire.Hash32;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of a {@code steps.yaml} (consensus-specs, {@code tests/formats/light_client/sync.md}).
 *
 * @param isForced whether it is a {@code force_update}
 * @param update the file's name, empty where forced
 */
record SpecStep(
        boolean isForced,
        String update,
        long currentSlot,
        Expected finalized,
        Expected optimistic) {

    /** What the specification's store has after the step. */
    record Expected(long slot, Hash32 beaconRoot, Hash32 executionRoot) {}

    private static final Pattern UPDATE = Pattern.compile("\\bupdate: (\\S+)");
    private static final Pattern SLOT = Pattern.compile("current_slot: (\\d+)");

    static List<SpecStep> read(Path file) {
        String text = new String(Vectors.read(file), StandardCharsets.UTF_8);
        List<SpecStep> steps = new ArrayList<>();
        for (String step : text.split("(?m)^- ", -1)) {
            if (!step.isBlank()) {
                boolean forced = step.startsWith("force_update");
                steps.add(
                        new SpecStep(
                                forced,
                                forced ? "" : first(UPDATE, step),
                                Long.parseLong(first(SLOT, step)),
                                expected("finalized_header", step),
                                expected("optimistic_header", step)));
            }
        }
        return steps;
    }

    private static Expected expected(String header, String step) {
        Matcher found =
                Pattern.compile(
                                header
                                        + ": \\{slot: (\\d+), beacon_root: '(\\w+)',\\s+"
                                        + "execution_root: '(\\w+)'\\}")
                        .matcher(step);
        if (!found.find()) {
            throw new AssertionError(step);
        }
        return new Expected(
                Long.parseLong(found.group(1)),
                Vectors.hash(found.group(2)),
                Vectors.hash(found.group(3)));
    }

    private static String first(Pattern pattern, String step) {
        Matcher found = pattern.matcher(step);
        if (!found.find()) {
            throw new AssertionError(step);
        }
        return found.group(1);
    }
}
