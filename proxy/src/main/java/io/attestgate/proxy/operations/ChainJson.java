package io.attestgate.proxy.operations;

import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.endpoint.EndpointStatus;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/** How the chain is read, as JSON in the forms of {@link StatusJson}. */
final class ChainJson {
    private static final Json NULL = new Json.Null();

    private ChainJson() {}

    static Json of(ChainStatus chain) {
        return Json.object(
                "trust",
                chain.trust(),
                "justification",
                orNull(chain.justification(), Json.Text::new),
                "lagMillis",
                orNull(chain.lag(), lag -> new Json.Int(lag.toMillis())),
                "disagreements",
                chain.disagreements(),
                "lastDisagreement",
                orNull(chain.lastDisagreement(), Json.Text::new),
                "refusals",
                counts(chain.refusals()),
                "endpoints",
                new Json.Arr(chain.endpoints().stream().map(ChainJson::endpoint).toList()),
                "beaconFailures",
                texts(chain.beaconFailures()));
    }

    private static Json endpoint(EndpointStatus endpoint) {
        return Json.object(
                "name", endpoint.name(),
                "state", StatusJson.word(endpoint.state()),
                "until", orNull(endpoint.until(), ChainJson::instant),
                "key", orNull(endpoint.key(), key -> new Json.Text(Base64Url.write(key.bytes()))),
                "finalised", number(endpoint.finalised()),
                "refusals", counts(endpoint.refusals()),
                "lastRefusal", orNull(endpoint.lastRefusal(), ChainJson::refusal));
    }

    private static Json refusal(EndpointStatus.Refusal refusal) {
        return Json.object(
                "at", instant(refusal.at()),
                "reason", StatusJson.word(refusal.name()),
                "text", refusal.message());
    }

    private static Json counts(Map<Failure, Long> counts) {
        Map<String, Json> members = new TreeMap<>();
        counts.forEach((name, count) -> members.put(StatusJson.word(name), new Json.Int(count)));
        return new Json.Obj(members);
    }

    private static Json texts(Map<String, String> texts) {
        Map<String, Json> members = new TreeMap<>();
        texts.forEach((name, text) -> members.put(name, new Json.Text(text)));
        return new Json.Obj(members);
    }

    private static Json number(OptionalLong number) {
        return number.isPresent() ? new Json.Int(number.getAsLong()) : NULL;
    }

    private static Json instant(Instant instant) {
        return new Json.Text(instant.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static <T> Json orNull(Optional<T> value, Function<T, Json> json) {
        return value.map(json).orElse(NULL);
    }
}
