package io.attestgate.policy.document;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The entrance: reads documents as the contract holds them, strictly, and names every fault with
 * its JSON path.
 *
 * <p>Bytes that are not their own canonical form (RFC 8785) are refused, so that what people voted
 * on has one spelling and one hash.
 */
public final class PolicyDocuments {
    /** What the contract stores at most: code is 24,576 bytes (EIP-170), the first is not ours. */
    public static final int DOCUMENT_BYTES_MAX = 24_575;

    private PolicyDocuments() {}

    /** Reads the document of the slot {@code name}, which is a host's or a wildcard's. */
    public static Parsed<DomainDocument> parseDomain(PolicyName name, byte[] document) {
        return read(document, node -> DomainParser.read(name, node));
    }

    /** Reads the document of the slot {@code ""}. */
    public static Parsed<GatewayDocument> parseGateway(byte[] document) {
        return read(document, GatewayParser::read);
    }

    private static <T> Parsed<T> read(byte[] document, Function<Node, Optional<T>> reader) {
        return JsonReader.parseCanonical(document, DOCUMENT_BYTES_MAX)
                .then(json -> read(json, reader));
    }

    private static <T> Parsed<T> read(Json json, Function<Node, Optional<T>> reader) {
        List<Fault> faults = new ArrayList<>();
        Optional<T> value = reader.apply(new Node(json, "$", faults));
        return faults.isEmpty() ? Parsed.good(value.orElseThrow()) : new Parsed.Bad<>(faults);
    }
}
