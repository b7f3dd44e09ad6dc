package io.attestgate.policy.diff;

import static io.attestgate.policy.diff.Direction.CHANGES;
import static io.attestgate.policy.diff.Direction.NARROWS;
import static io.attestgate.policy.diff.Direction.WIDENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyDiffTest {
    private static final PolicyName APP = new PolicyName("app.example");

    private static final String GATEWAY =
            """
            {"domain": "", "platforms": ["simulated"], "tcbStates": ["unjudged"],
             "instances": "any",
             "evidence": {"atLeast": 1, "require": [{"kind": "simulated", "roots": ["development"]}]},
             "authorities": ["https://a.example/dir", "https://b.example/dir"]}\
            """;

    private static final String DOMAIN =
            """
            {"domain": "app.example",
             "certificate": {"authorities": ["https://a.example/dir"]},
             "routes": [
               {"match": {"path": {"prefix": "/api"}},
                "upstreams": [{"url": "https://10.0.0.7", "tls": {"roots": ["web-pki"]}}]},
               {"upstreams": [{"url": "http://127.0.0.1:1", "upstreamTls": "none-accepted"}]}]}\
            """;

    @Test
    void theSameDocumentsInAnotherLayoutAreNoChange() {
        assertThat(PolicyDiff.between(set(GATEWAY, DOMAIN), set(GATEWAY, DOMAIN))).isEmpty();
    }

    @Test
    void whatADefaultAlreadySaidIsAChangeOfBytesAlone() {
        NameChange change =
                only(
                        set(GATEWAY, DOMAIN),
                        set(GATEWAY, with(DOMAIN, "\"limits\": {\"requestBody\": \"10MiB\"}")));

        assertThat(change.kind()).isEqualTo(NameChange.Kind.CHANGED);
        assertThat(change.fields()).extracting(FieldChange::path).containsExactly("$");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "limits: {requestBody: 1GiB}      | $.limits.requestBody   | 10MiB | 1GiB | WIDENS",
                "limits: {requestBody: 1MiB}      | $.limits.requestBody   | 10MiB | 1MiB |"
                        + " NARROWS",
                "timeouts: {idle: 90s}            | $.timeouts.idle        | 1m    | 90s  | WIDENS",
                "retries: {attempts: 0}           | $.retries.attempts     | 1     | 0    |"
                        + " NARROWS",
                "tls: {versions: [1.3]}           | $.tls.versions         | 1.2   |      |"
                        + " NARROWS",
                "hsts: {maxAge: 1d}               | $.hsts.maxAge          | 180d  | 1d   | WIDENS",
                "hsts: {includeSubdomains: true}  | $.hsts.includeSubdomains|false | true| NARROWS",
                "hsts: {preload: true}            | $.hsts.preload         | false | true |"
                        + " CHANGES",
            })
    void aValueIsToldAgainstTheDefaultThatHeldBefore(
            String more, String path, String before, String after, Direction direction) {
        NameChange change = only(set(GATEWAY, DOMAIN), set(GATEWAY, with(DOMAIN, json(more))));

        assertThat(change.fields())
                .contains(
                        new FieldChange(
                                path,
                                Optional.ofNullable(before),
                                Optional.ofNullable(after),
                                direction));
    }

    @Test
    void aLimitOfADomainIsItsRoutesTooUnlessTheyWriteTheirOwn() {
        NameChange change =
                only(
                        set(GATEWAY, DOMAIN),
                        set(GATEWAY, with(DOMAIN, json("retries: {attempts: 0}"))));

        assertThat(change.fields())
                .extracting(FieldChange::path)
                .containsExactly(
                        "$.retries.attempts",
                        "$.routes[/api].retries.attempts",
                        "$.routes[/].retries.attempts");
    }

    @Test
    void aKeyProviderWhoComesWidensWhoCanOpenWhatIsSealed() {
        String allowed =
                with(
                        GATEWAY,
                        "\"sealing\": \"key-provider\","
                                + " \"keyProviders\": [{\"name\": \"kms\", \"id\": \"ab\"}]");

        assertThat(only(set(GATEWAY, DOMAIN), set(allowed, DOMAIN)).fields())
                .containsExactly(
                        new FieldChange(
                                "$.sealing",
                                Optional.of("platform"),
                                Optional.of("key-provider"),
                                WIDENS),
                        come("$.keyProviders", "kms:ab"));
        assertThat(only(set(allowed, DOMAIN), set(GATEWAY, DOMAIN)).fields())
                .extracting(FieldChange::direction)
                .containsExactly(NARROWS, NARROWS);
    }

    @Test
    void anotherUpstreamComesAndTheOldOneGoes() {
        NameChange change =
                only(
                        set(GATEWAY, DOMAIN),
                        set(GATEWAY, DOMAIN.replace("127.0.0.1:1", "127.0.0.1:2")));

        assertThat(change.fields())
                .containsExactly(
                        gone("$.routes[/].upstreams", "http://127.0.0.1:1 (in the clear)"),
                        come("$.routes[/].upstreams", "http://127.0.0.1:2 (in the clear)"));
    }

    @Test
    void aNewRouteIsToldByWhatItBringsAndAnOldOneByWhatGoes() {
        String without = DOMAIN.replaceAll("(?s)\\{\"match\": \\{\"path\".*?\\}\\]\\},\\s*", "");
        NameChange added = only(set(GATEWAY, without), set(GATEWAY, DOMAIN));
        NameChange removed = only(set(GATEWAY, DOMAIN), set(GATEWAY, without));

        assertThat(without).doesNotContain("/api");
        assertThat(added.fields())
                .containsExactly(
                        come("$.routes[/api].upstreams", "https://10.0.0.7 (TLS by web-pki)"));
        assertThat(removed.fields())
                .containsExactly(
                        gone("$.routes[/api].upstreams", "https://10.0.0.7 (TLS by web-pki)"));
    }

    @Test
    void routesThatChangePlacesAreTold() {
        String swapped =
                """
                {"domain": "app.example",
                 "certificate": {"authorities": ["https://a.example/dir"]},
                 "routes": [
                   {"upstreams": [{"url": "http://127.0.0.1:1", "upstreamTls": "none-accepted"}]},
                   {"match": {"path": {"prefix": "/api"}},
                    "upstreams": [{"url": "https://10.0.0.7", "tls": {"roots": ["web-pki"]}}]}]}\
                """;
        NameChange change = only(set(GATEWAY, DOMAIN), set(GATEWAY, swapped));

        assertThat(change.fields())
                .containsExactly(
                        new FieldChange(
                                "$.routes in order",
                                Optional.of("/api, /"),
                                Optional.of("/, /api"),
                                CHANGES));
    }

    @Test
    void aNewNameIsToldByWhatItTrustsAndWhereItLeads() {
        NameChange change = only(set(GATEWAY), set(GATEWAY, DOMAIN));

        assertThat(change.kind()).isEqualTo(NameChange.Kind.ADDED);
        assertThat(change.fields())
                .containsExactlyInAnyOrder(
                        come("$.certificate.authorities", "https://a.example/dir"),
                        come("$.routes[/api].upstreams", "https://10.0.0.7 (TLS by web-pki)"),
                        come("$.routes[/].upstreams", "http://127.0.0.1:1 (in the clear)"));
    }

    @Test
    void aNameThatGoesIsTold() {
        NameChange change = only(set(GATEWAY, DOMAIN), set(GATEWAY));

        assertThat(change.kind()).isEqualTo(NameChange.Kind.REMOVED);
        assertThat(change.fields()).isEmpty();
    }

    @Test
    void anotherDefaultOfTheGatewayIsToldOfEveryDomainThatItReaches() {
        String longer = with(GATEWAY, json("defaults: {timeouts: {connect: 9s}}"));

        List<NameChange> changes = PolicyDiff.between(set(GATEWAY, DOMAIN), set(longer, DOMAIN));

        assertThat(changes)
                .extracting(NameChange::kind)
                .containsExactly(NameChange.Kind.CHANGED, NameChange.Kind.AFFECTED);
        assertThat(changes.getLast().fields())
                .contains(
                        new FieldChange(
                                "$.timeouts.connect",
                                Optional.of("5s"),
                                Optional.of("9s"),
                                WIDENS));
    }

    @Test
    void aDomainThatANarrowerGatewayMakesBadIsToldWithItsFaults() {
        String fewer = GATEWAY.replace("\"https://a.example/dir\", ", "");

        List<NameChange> changes = PolicyDiff.between(set(GATEWAY, DOMAIN), set(fewer, DOMAIN));

        assertThat(changes.getFirst().fields())
                .containsExactly(gone("$.authorities", "https://a.example/dir"));
        assertThat(changes.getLast().kind()).isEqualTo(NameChange.Kind.AFFECTED);
        assertThat(changes.getLast().faults()).hasSize(1);
    }

    @Test
    void aListInThePlaceOfAnyMachineNarrowsAndTheOtherWayWidens() {
        String listed =
                GATEWAY.replace("\"any\"", "[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"]");

        assertThat(only(set(GATEWAY), set(listed)).fields())
                .extracting(FieldChange::direction)
                .containsExactly(NARROWS);
        assertThat(only(set(listed), set(GATEWAY)).fields())
                .extracting(FieldChange::direction)
                .containsExactly(WIDENS);
    }

    @Test
    void aFirstDocumentOfTheGatewayTellsAllThatItTrustsAndNoDefault() {
        NameChange change = only(PolicySet.EMPTY, set(GATEWAY));

        assertThat(change.fields())
                .extracting(FieldChange::path)
                .containsExactlyInAnyOrder(
                        "$.platforms",
                        "$.tcbStates",
                        "$.instances",
                        "$.evidence.require",
                        "$.evidence.atLeast",
                        "$.authorities",
                        "$.authorities");
    }

    @Test
    void withoutAGatewayADomainIsComparedByItself() {
        NameChange change = only(set(DOMAIN), set(with(DOMAIN, json("tls: {versions: [1.3]}"))));

        assertThat(change.fields())
                .containsExactly(
                        new FieldChange(
                                "$.tls.versions",
                                Optional.of("all that the gateway accepts"),
                                Optional.of("1.3"),
                                NARROWS));
    }

    @Test
    void afterABadDocumentAllOfAGoodOneIsTold() {
        NameChange change =
                only(set(GATEWAY, "{\"domain\": \"app.example\"}"), set(GATEWAY, DOMAIN));

        assertThat(change.faultsBefore()).isNotEmpty();
        assertThat(change.faults()).isEmpty();
        assertThat(change.fields()).hasSize(3);
    }

    @Test
    void noControlCharacterOfADocumentReachesAReader() {
        FieldChange change =
                new FieldChange("$", Optional.of("a\u001b[2Jb\u202ec"), Optional.empty(), CHANGES);

        assertThat(change.before()).hasValue("a?[2Jb?c");
    }

    private static NameChange only(PolicySet before, PolicySet after) {
        List<NameChange> changes = PolicyDiff.between(before, after);
        assertThat(changes).hasSize(1);
        return changes.getFirst();
    }

    private static FieldChange come(String path, String value) {
        return new FieldChange(path, Optional.empty(), Optional.of(value), WIDENS);
    }

    private static FieldChange gone(String path, String value) {
        return new FieldChange(path, Optional.of(value), Optional.empty(), NARROWS);
    }

    private static PolicySet set(String... documents) {
        PolicySet set = PolicySet.EMPTY;
        for (String document : documents) {
            byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
            byte[] canonical =
                    CanonicalJson.write(
                            JsonReader.parse(bytes, bytes.length).toOptional().orElseThrow());
            set =
                    set.with(
                            document.contains("app.example") ? APP : PolicyName.GATEWAY,
                            StoredDocument.of(canonical));
        }
        return set;
    }

    /** The document with one member more. */
    private static String with(String document, String member) {
        return document.replaceFirst("\\{", "{" + member.replace("$", "\\$") + ", ");
    }

    /** A member without quotes, as the tables above write it. */
    private static String json(String bare) {
        return bare.replaceAll("([A-Za-z]+):", "\"$1\":")
                .replaceAll("(?<=[ \\[])([0-9][0-9A-Za-z.]*[A-Za-z.][0-9A-Za-z]*)", "\"$1\"");
    }
}
