package io.attestgate.proxy.bootstrap;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses of the web and of mail, each in the one narrow form that the file accepts. */
public final class SpeltUri {
    static final int LENGTH_CHARS_MAX = 2048;

    private static final Pattern MAILTO =
            Pattern.compile("mailto:[A-Za-z0-9.!#$&'*+/=^_`{|}~-]+@[A-Za-z0-9.-]+");

    private SpeltUri() {}

    /** An http or https URL with a host, without user info and fragment; else empty. */
    public static Optional<URI> web(String text) {
        return uri(text)
                .filter(uri -> "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                .filter(uri -> uri.getHost() != null && uri.getRawUserInfo() == null)
                .filter(uri -> uri.getRawFragment() == null && uri.getPort() <= 65535);
    }

    /** One mail address without header fields (RFC 8555 §7.3 refuses these); else empty. */
    static Optional<URI> mailto(String text) {
        return MAILTO.matcher(text).matches() ? uri(text) : Optional.empty();
    }

    private static Optional<URI> uri(String text) {
        if (text.length() > LENGTH_CHARS_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
