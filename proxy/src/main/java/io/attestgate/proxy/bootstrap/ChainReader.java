package io.attestgate.proxy.bootstrap;

import io.attestgate.policy.read.DocumentSources;
import io.attestgate.proxy.bootstrap.YamlValue.Entry;
import io.attestgate.proxy.bootstrap.YamlValue.Scalar;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Judges the section {@code chain}. */
final class ChainReader {
    private static final String CODE_HASH_RULE =
            "0x and 64 lower-case hexadecimal digits: Keccak-256 of the runtime code";

    private static final Pattern CHAIN_ID = Pattern.compile("[1-9][0-9]{0,15}");

    private final Faults faults;
    private final boolean isSimulated;

    ChainReader(Faults faults, boolean isSimulated) {
        this.faults = faults;
        this.isSimulated = isSimulated;
    }

    Optional<ChainAnchor> chain(Section section) {
        Optional<Long> id =
                section.required("id", "a whole number from 1 to 2^53 - 1", ChainReader::chainId);
        Optional<Address> contract =
                section.required("contract", SpeltAddress.RULE, v -> SpeltAddress.parse(v.text()));
        Map<Address, Hash32> codeHashes =
                section.section("codeHashes").map(this::codeHashes).orElse(Map.of());
        Optional<Trust> trust = section.required("trust", Trust.RULE, v -> Trust.parse(v.text()));
        TrustReader trusts = new TrustReader(faults, isSimulated);
        List<RpcEndpoint> rpc = trusts.rpc(section, trust);
        OptionalInt quorum = trusts.quorum(section, trust, rpc.size());
        Optional<LightClientTrust> lightClient = trusts.lightClient(section, trust);
        DocumentSources documents =
                section.has("documents")
                        ? section.section("documents")
                                .map(ChainReader::documents)
                                .orElse(DocumentSources.CHAIN_ALONE)
                        : DocumentSources.CHAIN_ALONE;
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
        requireContractsCode(section, contract, codeHashes);
        section.end();
        return faults.isEmpty()
                ? Optional.of(
                        new ChainAnchor(
                                id.orElseThrow(),
                                contract.orElseThrow(),
                                codeHashes,
                                trust.orElseThrow(),
                                rpc,
                                quorum,
                                lightClient,
                                documents,
                                poll.orElseThrow()))
                : Optional.empty();
    }

    private void requireContractsCode(
            Section section, Optional<Address> contract, Map<Address, Hash32> codeHashes) {
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

    private static DocumentSources documents(Section section) {
        List<URI> mirrors =
                section.has("mirrors")
                        ? section.list(
                                "mirrors",
                                "https URLs that end with /, at most %d"
                                        .formatted(DocumentSources.MIRRORS_MAX),
                                v -> mirror(v.text()))
                        : List.of();
        Optional<Path> folder =
                section.has("folder")
                        ? section.required(
                                "folder",
                                "an absolute path without . and ..",
                                v -> BootstrapReader.path(v.text()))
                        : Optional.empty();
        section.requireAtMost("mirrors", mirrors.size(), DocumentSources.MIRRORS_MAX);
        section.end();
        return new DocumentSources(
                mirrors.subList(0, Math.min(mirrors.size(), DocumentSources.MIRRORS_MAX)), folder);
    }

    private static Optional<URI> mirror(String text) {
        return SpeltUri.web(text)
                .filter(url -> "https".equals(url.getScheme()))
                .filter(url -> url.getRawQuery() == null && url.getPath().endsWith("/"));
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
}
