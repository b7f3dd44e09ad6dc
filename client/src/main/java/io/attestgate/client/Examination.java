package io.attestgate.client;

import static io.attestgate.client.verdict.LegName.ANSWER;
import static io.attestgate.client.verdict.LegName.CERTIFICATE_TRANSPARENCY;
import static io.attestgate.client.verdict.LegName.CLAIMS;
import static io.attestgate.client.verdict.LegName.COLLATERAL;
import static io.attestgate.client.verdict.LegName.CONNECTION;
import static io.attestgate.client.verdict.LegName.CONTRACT;
import static io.attestgate.client.verdict.LegName.DOCUMENTS;
import static io.attestgate.client.verdict.LegName.EXPORTER;
import static io.attestgate.client.verdict.LegName.MEASUREMENT;
import static io.attestgate.client.verdict.LegName.PIN;
import static io.attestgate.client.verdict.LegName.POLICY;
import static io.attestgate.client.verdict.LegName.TIME;
import static io.attestgate.client.verdict.LegName.TRUST_ANCHOR;
import static io.attestgate.client.verdict.LegName.WEB_PKI;

import io.attestgate.client.chain.ContractQuestion;
import io.attestgate.client.chain.ContractReading;
import io.attestgate.client.connect.ConnectionFacts;
import io.attestgate.client.connect.Endpoint;
import io.attestgate.client.connect.Exchange;
import io.attestgate.client.connect.HttpAnswer;
import io.attestgate.client.connect.WebPki;
import io.attestgate.client.verdict.ClaimsJudge;
import io.attestgate.client.verdict.EvidenceJudge;
import io.attestgate.client.verdict.Leg;
import io.attestgate.client.verdict.LegName;
import io.attestgate.client.verdict.Legs;
import io.attestgate.client.verdict.MeasurementJudge;
import io.attestgate.client.verdict.PolicyJudge;
import io.attestgate.client.verdict.Report;
import io.attestgate.verify.EvidenceVerifier;
import io.attestgate.verify.Expectation;
import io.attestgate.verify.Hardware;
import io.attestgate.verify.Verdict;
import io.attestgate.verify.claims.EndpointClaims;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One verification: takes what the connection brought, and settles leg after leg. One thread. */
final class Examination {
    private static final String OWN = "this client's own eyes";
    private static final String NOT_ASKED = "not asked for";

    private final Expectations expectations;
    private final Endpoint endpoint;
    private final Hash32 nonce;
    private final InstantSource clock;
    private final Legs legs = new Legs();

    Examination(Expectations expectations, Endpoint endpoint, Hash32 nonce, InstantSource clock) {
        this.expectations = expectations;
        this.endpoint = endpoint;
        this.nonce = nonce;
        this.clock = clock;
    }

    Report examine(Exchange exchange) {
        legs.add(
                Leg.notChecked(
                        CERTIFICATE_TRANSPARENCY, NOT_ASKED + ": this release reads no log"));
        legs.add(Leg.notChecked(EXPORTER, NOT_ASKED + ": pinned mode binds the key"));
        Optional<EndpointClaims> claims =
                switch (exchange) {
                    case Exchange.Unconnected failed -> unconnected(failed.fault());
                    case Exchange.Unanswered failed ->
                            unanswered(failed.connection(), failed.fault());
                    case Exchange.Answered answered ->
                            answered(answered.connection(), answered.answer());
                };
        trustAnchor();
        return legs.report(endpoint.toString(), claims);
    }

    private Optional<EndpointClaims> unconnected(Fault fault) {
        legs.add(Leg.fail(CONNECTION, fault.toString(), OWN));
        return Optional.empty();
    }

    private Optional<EndpointClaims> unanswered(ConnectionFacts connection, Fault fault) {
        connection(connection);
        legs.add(Leg.fail(ANSWER, fault.toString(), OWN));
        return Optional.empty();
    }

    private Optional<EndpointClaims> answered(ConnectionFacts connection, HttpAnswer answer) {
        connection(connection);
        return switch (EvidenceAnswer.parse(answer)) {
            case Parsed.Bad<EvidenceEnvelope> bad -> {
                legs.add(Leg.fail(ANSWER, bad.faults().getFirst().toString(), OWN));
                yield Optional.empty();
            }
            case Parsed.Good<EvidenceEnvelope> good -> {
                legs.add(Leg.pass(ANSWER, answer.body().length + " bytes", OWN));
                yield envelope(connection, good.value());
            }
        };
    }

    private void connection(ConnectionFacts connection) {
        legs.add(Leg.pass(CONNECTION, connection.address() + ", " + connection.protocol(), OWN));
        legs.add(webPki(connection.webPki()));
        legs.add(pin(connection.spki()));
    }

    private static Leg webPki(WebPki verdict) {
        return switch (verdict) {
            case WebPki.NotAsked none -> Leg.notChecked(WEB_PKI, NOT_ASKED);
            case WebPki.Accepted accepted ->
                    Leg.pass(WEB_PKI, "revocation not read", accepted.roots());
            case WebPki.Refused refused -> Leg.fail(WEB_PKI, refused.reason(), refused.roots());
        };
    }

    private Leg pin(Hash32 spki) {
        String found = Base64Url.write(spki.bytes());
        if (expectations.pins().isEmpty()) {
            return Leg.notChecked(PIN, NOT_ASKED + "; the key is " + found);
        }
        return expectations.pins().contains(spki)
                ? Leg.pass(PIN, found, "you, who named it")
                : Leg.fail(PIN, found + " (expected: a pinned key)", "you, who named others");
    }

    private Optional<EndpointClaims> envelope(
            ConnectionFacts connection, EvidenceEnvelope envelope) {
        return switch (EndpointClaims.parse(envelope.claims())) {
            case Parsed.Bad<EndpointClaims> bad -> {
                legs.add(Leg.fail(CLAIMS, bad.faults().getFirst().toString(), OWN));
                yield Optional.empty();
            }
            case Parsed.Good<EndpointClaims> good -> {
                legs.add(Leg.pass(CLAIMS, "role: endpoint, every field there", OWN));
                claims(connection, envelope, good.value());
                yield Optional.of(good.value());
            }
        };
    }

    private void claims(
            ConnectionFacts connection, EvidenceEnvelope envelope, EndpointClaims claims) {
        Instant now = clock.instant();
        ClaimsJudge judge = new ClaimsJudge(nonce, endpoint.host(), connection.spki(), now);
        legs.addAll(judge.judge(claims));
        Optional<Hash32> measurement =
                // Evidence for claims of another time would be refused for that alone.
                legs.passed(TIME) ? evidence(envelope, now) : Optional.empty();
        Optional<ContractReading> reading =
                expectations.contract().flatMap(anchor -> policy(anchor, claims, measurement));
        if (expectations.contract().isEmpty()) {
            policyNotAsked();
        }
        measurement.ifPresent(found -> legs.add(measured(found, reading, now)));
    }

    /** Settles the legs, and answers what runs there if the evidence is good. */
    private Optional<Hash32> evidence(EvidenceEnvelope envelope, Instant now) {
        if (expectations.hardware().isEmpty()) {
            legs.add(Leg.notChecked(COLLATERAL, NOT_ASKED));
            return judged(EvidenceVerifier.verify(envelope, expectation(), now));
        }
        HardwareReader reader = expectations.hardware().get();
        Expectation expected = listed();
        try {
            Hardware hardware = reader.source().of(envelope, expected, now);
            legs.add(collateral(hardware, reader.from()));
            return judged(EvidenceVerifier.verify(envelope, expected, hardware, now));
        } catch (IOException e) {
            legs.add(Leg.fail(COLLATERAL, String.valueOf(e.getMessage()), reader.from()));
            return Optional.empty();
        }
    }

    private static Leg collateral(Hardware hardware, String from) {
        return hardware.files() == 0
                ? Leg.notChecked(COLLATERAL, "none needed, for what the evidence says of itself")
                : Leg.pass(
                        COLLATERAL,
                        "%d files from %s".formatted(hardware.files(), from),
                        "nobody: the vendor signed it, and evidence is judged by it");
    }

    /** With the reader's list, which what stands beside the leading platform has to be on too. */
    private Expectation listed() {
        return expectations.measurements().isEmpty()
                ? expectation()
                : expectation().withMeasurements(expectations.measurements());
    }

    /** What the claims say of nonce, host and key has legs of its own. */
    private Expectation expectation() {
        return Expectation.of(Role.ENDPOINT, expectations.platforms());
    }

    private Optional<Hash32> judged(Verdict verdict) {
        legs.add(EvidenceJudge.judge(verdict));
        return verdict instanceof Verdict.Trusted trusted
                ? Optional.of(trusted.measurement())
                : Optional.empty();
    }

    private Leg measured(Hash32 found, Optional<ContractReading> reading, Instant now) {
        Instant at = reading.map(own -> own.newest().time()).filter(now::isBefore).orElse(now);
        String restsOn =
                expectations.contract().map(anchor -> anchor.view().restsOn()).orElse("nobody");
        return new MeasurementJudge(
                        expectations.measurements(),
                        reading.flatMap(ContractReading::measurement),
                        at,
                        restsOn)
                .judge(found);
    }

    private Optional<ContractReading> policy(
            ContractAnchor anchor, EndpointClaims claims, Optional<Hash32> measurement) {
        String restsOn = anchor.view().restsOn();
        ContractQuestion question =
                new ContractQuestion(claims.policy(), endpoint.host(), measurement);
        return switch (anchor.view().read(question)) {
            case Parsed.Bad<ContractReading> bad -> {
                legs.add(Leg.fail(CONTRACT, bad.faults().getFirst().toString(), restsOn));
                yield Optional.empty();
            }
            case Parsed.Good<ContractReading> good -> {
                legs.addAll(
                        new PolicyJudge(anchor.contract(), anchor.behindMax(), restsOn)
                                .judge(claims.policy(), claims.documents(), good.value()));
                yield Optional.of(good.value());
            }
        };
    }

    private void policyNotAsked() {
        for (LegName name : List.of(CONTRACT, POLICY, DOCUMENTS)) {
            legs.add(Leg.notChecked(name, NOT_ASKED));
        }
    }

    /** What is the reader's own in all this, and holds. */
    private void trustAnchor() {
        List<String> held =
                Stream.of(PIN, MEASUREMENT, CONTRACT)
                        .filter(legs::passed)
                        .map(LegName::text)
                        .toList();
        legs.add(
                held.isEmpty()
                        ? Leg.fail(
                                TRUST_ANCHOR,
                                "no trust anchor (expected: a contract, a measurement or a pin"
                                        + " that holds)",
                                OWN)
                        : Leg.pass(TRUST_ANCHOR, String.join(", ", held), "you, who named it"));
    }
}
