package io.attestgate.certificate.account;

import java.time.Duration;
import java.util.Optional;

/**
 * An authority did not do what was asked: whose fault it is, its own words, and when to ask again.
 */
public final class AuthorityException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose fault, and so what a retry may hope for. */
    public enum Kind {
        /** No answer, or none that is ACME: the network, or the authority is down. */
        UNREACHABLE,
        /** A rate limit (RFC 8555 §6.6). */
        RATE_LIMITED,
        /**
         * What we named at the authority is not there: an account or an order of an earlier life.
         */
        GONE,
        /** It answered and refused. */
        REFUSED,
        /** It answered something that ACME does not allow. */
        PROTOCOL
    }

    private static final int TEXT_CHARS_MAX = 512;

    private final Kind kind;
    private final String type;
    private final String detail;
    private final Optional<Duration> retryAfter;

    /**
     * @param type the problem type (RFC 8555 §6.7) or, where there is none, our own word for it
     * @param detail the authority's own words, cut at 512 characters
     */
    public AuthorityException(
            Kind kind, String type, String detail, Optional<Duration> retryAfter) {
        super(cut(type) + ": " + cut(detail));
        this.kind = kind;
        this.type = cut(type);
        this.detail = cut(detail);
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    public String type() {
        return type;
    }

    public String detail() {
        return detail;
    }

    /** How long the authority asked us to wait, within our bounds. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether an order that was running may still be there and go on. */
    public boolean leavesTheOrder() {
        return kind == Kind.UNREACHABLE || kind == Kind.RATE_LIMITED;
    }

    /** Whether the authority does not know the account under which it was asked. */
    public boolean isNoAccount() {
        return type.endsWith(":accountDoesNotExist");
    }

    /** What a peer said goes into status pages and logs: printable, and never without end. */
    private static String cut(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .limit(TEXT_CHARS_MAX)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
