package io.attestgate.policy.document;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Reads what a document trusts. None of it has a default in the gateway's document. */
final class Trust {
    private static final Set<String> PLATFORMS =
            Set.of("sgx", "tdx", "snp", "nitro", "tpm", "dstack", "simulated");

    private static final int AUTHORITY_CHARS_MAX = 1024;
    static final int AUTHORITIES_MAX = 8;

    private Trust() {}

    static Optional<Set<String>> platforms(Node node) {
        return node.set(
                PLATFORMS.size(),
                platform ->
                        platform.text(
                                "sgx, tdx, snp, nitro, tpm, dstack or simulated",
                                PLATFORMS::contains));
    }

    static Optional<Set<TcbState>> tcbStates(Node node) {
        return node.set(TcbState.values().length, state -> state.word(TcbState.class));
    }

    static Optional<Set<TlsVersion>> tlsVersions(Node node) {
        return node.set(TlsVersion.values().length, version -> version.word(TlsVersion.class));
    }

    /** The URL of an ACME directory. */
    static Optional<URI> authority(Node node) {
        return node.parsed("an https URL of an ACME directory", Trust::directory);
    }

    private static Optional<URI> directory(String text) {
        return text.length() > AUTHORITY_CHARS_MAX
                ? Optional.empty()
                : Uris.parse(text).filter(Trust::isDirectory);
    }

    private static boolean isDirectory(URI uri) {
        return "https".equals(uri.getScheme())
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }
}
