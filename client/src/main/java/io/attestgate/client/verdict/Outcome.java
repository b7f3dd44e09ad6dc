package io.attestgate.client.verdict;

/** What became of one leg. */
public enum Outcome {
    /** It was checked and holds. */
    PASS("PASS"),
    /** It was checked and does not hold, or it was asked for and could not be checked. */
    FAIL("FAIL"),
    /** Nobody asked for it, or an earlier leg failed before it could be reached. */
    NOT_CHECKED("NOT CHECKED");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /** As it is printed and written to JSON. */
    public String text() {
        return text;
    }
}
