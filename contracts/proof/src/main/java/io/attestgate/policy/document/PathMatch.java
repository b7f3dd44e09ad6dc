package io.attestgate.policy.document;

/** Which paths a rule is about. A path is compared as received, without its query. */
public sealed interface PathMatch {

    /**
     * The path {@code value} and all below it, at segment boundaries: {@code /a} matches {@code /a}
     * and {@code /a/b}, not {@code /ab}.
     *
     * @param value {@code /} or a path that does not end in {@code /}
     */
    record Prefix(String value) implements PathMatch {
        @Override
        public boolean matches(String path) {
            return value.equals("/")
                    ? path.startsWith("/")
                    : path.startsWith(value)
                            && (path.length() == value.length()
                                    || path.charAt(value.length()) == '/');
        }
    }

    /** This path alone. */
    record Exact(String value) implements PathMatch {
        @Override
        public boolean matches(String path) {
            return path.equals(value);
        }
    }

    /** Whether the rule is about {@code path}. */
    boolean matches(String path);
}
