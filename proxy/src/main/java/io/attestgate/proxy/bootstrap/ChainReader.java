package io.attestgate.proxy.bootstrap;

import io.attestgate.proxy.bootstrap.Section.Item;
import io.attestgate.proxy.bootstrap.YamlValue.Entry;
import io.attestgate.proxy.bootstrap.YamlValue.Scalar;
import io.attestgate.wire.Address;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Hash32;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges the section {@code chain}. */
final class ChainReader {
    private static final String CODE_HASH_RULE =
            "0x and 64 lower-case hexadecimal digits: Keccak-256 of the runtime code";

    private static final Pattern CHAIN_ID = Pattern.compile("[1-9][0-9]{0,15}");

    private final Faults faults;

    ChainReader(Faults faults) {
        this.faults = faults;
    }

    Optional<ChainAnchor> chain(Section section) {
        Optional<Long> id =
                section.required("id", "a whole number from 1 to 2^53 - 1", ChainReader::chainId);
        Optional<Address> contract =
                section.required("contract", SpeltAddress.RULE, v -> SpeltAddress.parse(v.text()));
        Map<Address, Hash32> codeHashes =
                section.section("codeHashes").map(this::codeHashes).orElse(Map.of());
        Optional<Trust> trust =
                section.required(
                        "trust",
                        "devnet; this release has no other (later: light-client, quorum)",
                        v -> Optional.of(Trust.DEVNET).filter(t -> v.text().equals("devnet")));
        List<RpcEndpoint> rpc =
                section.items("rpc", "endpoints, each with a url").stream()
                        .flatMap(item -> endpoint(item).stream())
                        .toList();
        Optional<Duration> poll =
                section.optional(
                        "poll",
                        BootstrapReader.POLL,
                        "a duration such as 2s, 100ms to 10m",
                        v ->
                                SpeltDuration.parse(
                                        v.text(),
                                        BootstrapReader.POLL_MIN,
                                        BootstrapReader.POLL_MAX));
        refuseWhatDevnetDoesNotRead(section, contract, codeHashes, rpc);
        section.end();
        return faults.isEmpty()
                ? Optional.of(
                        new ChainAnchor(
                                id.orElseThrow(),
                                contract.orElseThrow(),
                                codeHashes,
                                trust.orElseThrow(),
                                rpc,
                                poll.orElseThrow()))
                : Optional.empty();
    }

    private void refuseWhatDevnetDoesNotRead(
            Section section,
            Optional<Address> contract,
            Map<Address, Hash32> codeHashes,
            List<RpcEndpoint> rpc) {
        if (section.has("checkpoint")) {
            section.drop("checkpoint");
            faults.add(
                    section.at("checkpoint"),
                    section.name("checkpoint"),
                    "present",
                    "none: devnet trust reads no checkpoint");
        }
        if (rpc.size() > 1) {
            faults.add(
                    section.at("rpc"),
                    section.name("rpc"),
                    rpc.size() + " endpoints",
                    "one: devnet trust believes a single endpoint");
        }
        if (contract.isPresent()
                && !codeHashes.isEmpty()
                && !codeHashes.containsKey(contract.get())) {
            faults.add(
                    section.at("codeHashes"),
                    section.name("codeHashes"),
                    "no entry for the contract",
                    "an entry for " + contract.get());
        }
    }

    private static Optional<Long> chainId(Scalar value) {
        return CHAIN_ID.matcher(value.text()).matches() && value.isPlain()
                ? Optional.of(Long.parseLong(value.text())).filter(id -> id < 1L << 53)
                : Optional.empty();
    }

    private Map<Address, Hash32> codeHashes(Section section) {
        Map<Address, Hash32> hashes = new HashMap<>();
        List<Entry> entries = section.drain();
        for (Entry entry : entries) {
            Optional<Address> contract = SpeltAddress.parse(entry.key().text());
            if (contract.isEmpty()) {
                faults.addQuoted(
                        entry.key().at(), section.name(""), entry.key().text(), SpeltAddress.RULE);
            }
            String name = section.name(contract.map(Address::toString).orElse(""));
            Optional<Hash32> hash = codeHash(name, entry);
            if (contract.isPresent()
                    && hash.isPresent()
                    && hashes.put(contract.get(), hash.get()) != null) {
                faults.add(entry.key().at(), name, "a second time", "each contract once");
            }
        }
        if (entries.isEmpty()) {
            faults.add(section.at(""), section.name(""), "empty", "a contract and its code hash");
        }
        return hashes;
    }

    private Optional<Hash32> codeHash(String name, Entry entry) {
        if (entry.value() instanceof Scalar scalar) {
            Optional<Hash32> hash = Hash32.parse(scalar.text()).filter(h -> !h.isZero());
            if (hash.isEmpty()) {
                faults.addQuoted(scalar.at(), name, scalar.text(), CODE_HASH_RULE);
            }
            return hash;
        }
        faults.add(entry.value().at(), name, entry.value().kind(), CODE_HASH_RULE);
        return Optional.empty();
    }

    private Optional<RpcEndpoint> endpoint(Item item) {
        return Section.of(item.name(), item.value(), faults).flatMap(this::endpoint);
    }

    private Optional<RpcEndpoint> endpoint(Section section) {
        Optional<URI> url =
                section.required(
                        "url",
                        "an https URL (http in devnet trust), without user info and fragment",
                        v -> SpeltUri.web(v.text()));
        boolean hasPins = section.has("pins");
        boolean hasRoots = section.has("roots");
        List<Hash32> pins =
                hasPins
                        ? section.list(
                                "pins",
                                "SHA-256 of an SPKI, base64url without padding",
                                v -> pin(v.text()))
                        : List.of();
        List<X509Certificate> roots =
                hasRoots
                        ? section.required(
                                        "roots",
                                        RootCertificates.RULE,
                                        v -> RootCertificates.parse(v.text()))
                                .orElse(List.of())
                        : List.of();
        section.end();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        boolean isPlain = "http".equals(url.get().getScheme());
        if (isPlain && (hasPins || hasRoots)) {
            faults.add(
                    section.at("url"), section.name("url"), "http", "https beside pins or roots");
            return Optional.empty();
        }
        if (!isPlain && hasPins == hasRoots) {
            faults.add(
                    section.at("url"),
                    section.name("url"),
                    hasPins ? "https with pins and roots" : "https alone",
                    "pins or roots beside it, one of the two: no certificate authority is"
                            + " believed unasked");
            return Optional.empty();
        }
        return isPlain || !pins.isEmpty() || !roots.isEmpty()
                ? Optional.of(new RpcEndpoint(url.get(), pins, roots))
                : Optional.empty();
    }

    private static Optional<Hash32> pin(String text) {
        return Base64Url.parse(text)
                .filter(bytes -> bytes.length == Hash32.SIZE_BYTES)
                .map(Hash32::of);
    }
}
