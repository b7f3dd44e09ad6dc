package io.attestgate.client.verdict;

import io.attestgate.wire.Json;

/**
 * One thing that was checked, or was not.
 *
 * @param name which
 * @param outcome what became of it
 * @param detail what was found, and for a failure what was expected
 * @param restsOn whom one must trust for this outcome to mean what it says
 */
public record Leg(LegName name, Outcome outcome, String detail, String restsOn) {
    static final int DETAIL_CHARS_MAX = 1024;

    /** What a peer had a hand in is shown on terminals: cut, and without characters that act. */
    public Leg {
        detail =
                detail.codePoints()
                        .limit(DETAIL_CHARS_MAX)
                        .map(c -> isShown(c) ? c : '?')
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    public static Leg pass(LegName name, String detail, String restsOn) {
        return new Leg(name, Outcome.PASS, detail, restsOn);
    }

    public static Leg fail(LegName name, String detail, String restsOn) {
        return new Leg(name, Outcome.FAIL, detail, restsOn);
    }

    /** A leg that nobody asked for, or that could not be reached: it rests on nobody. */
    public static Leg notChecked(LegName name, String why) {
        return new Leg(name, Outcome.NOT_CHECKED, why, "nobody");
    }

    Json.Obj toJson() {
        return Json.object(
                "name",
                name.text(),
                "outcome",
                outcome.text(),
                "detail",
                detail,
                "restsOn",
                restsOn);
    }
}
