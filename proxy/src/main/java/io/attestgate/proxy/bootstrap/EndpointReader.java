package io.attestgate.proxy.bootstrap;

import io.attestgate.policy.endpoint.Endpoints;
import io.attestgate.proxy.bootstrap.Section.Item;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Hash32;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges lists of endpoints: {@code chain.rpc} and {@code chain.beacon}. */
final class EndpointReader {
    /** Literals alone: names are the operator's to resolve. */
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}|\\[::1]");

    private final Faults faults;
    private final Plain plain;

    /** Where plain http is accepted. */
    enum Plain {
        ANYWHERE("https, or http"),
        ON_LOOPBACK("https, or http to 127.0.0.1 or [::1]"),
        NOWHERE("https");

        private final String rule;

        Plain(String rule) {
            this.rule = rule;
        }
    }

    EndpointReader(Faults faults, Plain plain) {
        this.faults = faults;
        this.plain = plain;
    }

    List<RpcEndpoint> endpoints(Section section, String key) {
        List<Item> items = section.items(key, "endpoints, each with a url");
        if (items.size() > Endpoints.ENDPOINTS_MAX) {
            faults.add(
                    section.at(key),
                    section.name(key),
                    items.size() + " endpoints",
                    "at most " + Endpoints.ENDPOINTS_MAX);
            return List.of();
        }
        return items.stream().flatMap(item -> endpoint(item).stream()).toList();
    }

    /** A pin names the key that has a voice, so two endpoints of one pin would be one voice. */
    void requireEachPinOnce(Section section, String key, List<RpcEndpoint> endpoints) {
        Set<Hash32> seen = new HashSet<>();
        for (RpcEndpoint endpoint : endpoints) {
            for (Hash32 pin : Set.copyOf(endpoint.pins())) {
                if (!seen.add(pin)) {
                    faults.add(
                            section.at(key),
                            section.name(key),
                            Base64Url.write(pin.bytes()) + " under two endpoints",
                            "each pin once: distinct keys are counted");
                }
            }
        }
    }

    private Optional<RpcEndpoint> endpoint(Item item) {
        return Section.of(item.name(), item.value(), faults).flatMap(this::endpoint);
    }

    private Optional<RpcEndpoint> endpoint(Section section) {
        Optional<URI> url =
                section.required(
                        "url",
                        plain.rule + "; a URL without user info and fragment",
                        v -> SpeltUri.web(v.text()));
        boolean hasPins = section.has("pins");
        boolean hasRoots = section.has("roots");
        List<Hash32> pins = hasPins ? pins(section) : List.of();
        List<X509Certificate> roots = hasRoots ? roots(section) : List.of();
        section.end();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        boolean isPlain = "http".equals(url.get().getScheme());
        if (isPlain && !isPlainAccepted(url.get())) {
            fault(section, "http", plain.rule + " with this trust");
            return Optional.empty();
        }
        if (isPlain && (hasPins || hasRoots)) {
            fault(section, "http", "https beside pins or roots");
            return Optional.empty();
        }
        if (!isPlain && hasPins == hasRoots) {
            fault(
                    section,
                    hasPins ? "https with pins and roots" : "https alone",
                    "pins or roots beside it, one of the two: no certificate authority is"
                            + " believed unasked");
            return Optional.empty();
        }
        return isPlain || !pins.isEmpty() || !roots.isEmpty()
                ? Optional.of(new RpcEndpoint(url.get(), pins, roots))
                : Optional.empty();
    }

    private boolean isPlainAccepted(URI url) {
        return switch (plain) {
            case ANYWHERE -> true;
            case ON_LOOPBACK -> LOOPBACK.matcher(url.getHost()).matches();
            case NOWHERE -> false;
        };
    }

    private void fault(Section section, String found, String expected) {
        faults.add(section.at("url"), section.name("url"), found, expected);
    }

    private static List<Hash32> pins(Section section) {
        return section.list(
                "pins", "SHA-256 of an SPKI, base64url without padding", v -> pin(v.text()));
    }

    private static List<X509Certificate> roots(Section section) {
        return section.required(
                        "roots", RootCertificates.RULE, v -> RootCertificates.parse(v.text()))
                .orElse(List.of());
    }

    private static Optional<Hash32> pin(String text) {
        return Base64Url.parse(text)
                .filter(bytes -> bytes.length == Hash32.SIZE_BYTES)
                .map(Hash32::of);
    }
}
