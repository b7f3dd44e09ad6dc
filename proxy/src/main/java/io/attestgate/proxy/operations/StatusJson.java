package io.attestgate.proxy.operations;

import io.attestgate.attest.secret.ProcessHardening;
import io.attestgate.policy.snapshot.Ending;
import io.attestgate.proxy.operations.GatewayStatus.Failure;
import io.attestgate.proxy.operations.GatewayStatus.Identity;
import io.attestgate.proxy.operations.GatewayStatus.ReadingStatus;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The status as JSON: chain values and digests of measured things in 0x hex, an SPKI's digest in
 * base64url as pins are written, instants in RFC 3339, and null for what there is not.
 */
final class StatusJson {
    private static final Json NULL = new Json.Null();

    private StatusJson() {}

    static Json of(GatewayStatus status, Instant now) {
        Readiness readiness = Readiness.of(status, now);
        return Json.object(
                "version",
                status.identity().version(),
                "now",
                instant(now),
                "uptimeSeconds",
                Duration.between(status.identity().startedAt(), now).toSeconds(),
                "ready",
                readiness.isReady(),
                "notReady",
                Json.Arr.of(readiness.reasons()),
                "platform",
                platform(status.identity()),
                "process",
                process(status.identity().process()),
                "listeners",
                array(
                        status.listeners(),
                        l -> Json.object("kind", l.kind(), "address", l.address())),
                "policy",
                orNull(status.policy(), policy -> policy(policy, now)),
                "heartbeat",
                orNull(status.heartbeat(), heartbeat -> heartbeat(heartbeat, now)),
                "reading",
                reading(status.reading()),
                "chain",
                ChainJson.of(status.chain()),
                "domains",
                array(status.domains(), StatusJson::domain),
                "certificates",
                array(status.certificates(), StatusJson::certificate));
    }

    private static Json platform(Identity identity) {
        return Json.object(
                "name",
                identity.platform(),
                "measurement",
                identity.measurement().toString(),
                "config",
                identity.config().toString());
    }

    private static Json process(ProcessHardening process) {
        return Json.object(
                "coreDumpsOff", process.coreDumpsOff(),
                "dumpableOff", process.dumpableOff(),
                "memlock", process.memlock(),
                "secretMemory", process.secretMemory());
    }

    private static Json policy(PolicyStatus policy, Instant now) {
        return Json.object(
                "chainId", policy.chainId(),
                "contract", policy.contract().toString(),
                "epoch", policy.epoch(),
                "head", policy.head().toString(),
                "block", policy.block(),
                "blockHash", policy.blockHash().toString(),
                "blockTime", instant(policy.blockTime()),
                "ageSeconds", policy.age(now).toSeconds(),
                "freshness", word(policy.freshness(now)),
                "softStaleAt", instant(policy.softStaleAt()),
                "hardStaleAt", instant(policy.hardStaleAt()),
                "ordering", ending(policy.ordering(), now),
                "serving", ending(policy.serving(), now),
                "earlyHalts", Json.Arr.of(policy.earlyHalts()),
                "gatewayFaults", Json.Arr.of(policy.gatewayFaults()));
    }

    /** {@code cause} says what ends it first, also while it is permitted. */
    private static Json ending(Ending ending, Instant now) {
        boolean dated = !ending.at().equals(Instant.MIN) && !ending.at().equals(Instant.MAX);
        return Json.object(
                "permitted", !ending.isOver(now),
                "until", dated ? instant(ending.at()) : NULL,
                "cause", ending.cause().word());
    }

    private static Json heartbeat(HeartbeatStatus heartbeat, Instant now) {
        return Json.object(
                "beforeServing", heartbeat.beforeServing(),
                "repeated", heartbeat.repeated(),
                "chainId", heartbeat.chainId(),
                "contract", orNull(heartbeat.contract(), a -> new Json.Text(a.toString())),
                "nonce", orNull(heartbeat.nonce(), StatusJson::hash),
                "drawnAt", orNull(heartbeat.drawnAt(), StatusJson::instant),
                "seenAt", orNull(heartbeat.seenAt(), StatusJson::instant),
                "seenBlock", orNull(heartbeat.seenBlock(), Json.Int::new),
                "ageSeconds", heartbeat.age(now).toSeconds(),
                "failure", orNull(heartbeat.failure(), Json.Text::new));
    }

    private static Json reading(ReadingStatus reading) {
        return Json.object(
                "lastGoodAt", orNull(reading.lastGoodAt(), StatusJson::instant),
                "failures", reading.failures(),
                "lastFailure", orNull(reading.lastFailure(), StatusJson::failure),
                "earlyFailure", orNull(reading.earlyFailure(), Json.Text::new));
    }

    private static Json domain(DomainStatus domain) {
        return Json.object(
                "name", domain.name(),
                "state", domain.state().word(),
                "document", orNull(domain.document(), StatusJson::hash),
                "gateway", orNull(domain.gateway(), StatusJson::hash),
                "until", orNull(domain.until(), StatusJson::instant),
                "faults", Json.Arr.of(domain.faults()));
    }

    private static Json certificate(CertificateStatus certificate) {
        return Json.object(
                "host", certificate.host(),
                "state", certificate.state(),
                "serving", orNull(certificate.serving(), StatusJson::serving),
                "nextKey", orNull(certificate.nextKey(), StatusJson::pin),
                "nextAttempt", orNull(certificate.nextAttempt(), StatusJson::instant),
                "lastError", orNull(certificate.lastError(), StatusJson::failure));
    }

    private static Json serving(CertificateStatus.Serving serving) {
        return Json.object(
                "authority", serving.authority().toString(),
                "notBefore", instant(serving.notBefore()),
                "notAfter", instant(serving.notAfter()),
                "spki", pin(serving.spki()));
    }

    private static Json failure(Failure failure) {
        return Json.object("at", instant(failure.at()), "text", failure.text());
    }

    private static Json hash(Hash32 hash) {
        return new Json.Text(hash.toString());
    }

    private static Json pin(Hash32 spki) {
        return new Json.Text(Base64Url.write(spki.bytes()));
    }

    private static Json instant(Instant instant) {
        return new Json.Text(instant.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T> Json array(Collection<T> values, Function<T, Json> element) {
        return new Json.Arr(List.copyOf(values.stream().map(element).toList()));
    }

    private static <T> Json orNull(Optional<T> value, Function<T, Json> json) {
        return value.map(json).orElse(NULL);
    }
}
