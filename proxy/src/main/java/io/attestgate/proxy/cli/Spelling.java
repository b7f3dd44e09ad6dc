package io.attestgate.proxy.cli;

import io.attestgate.collateral.Update;
import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.Vote;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.proxy.bootstrap.SpeltAddress;
import io.attestgate.proxy.bootstrap.SpeltUri;
import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * How one type of argument is written.
 *
 * @param rule what is expected, for messages
 * @param parse empty for a text that breaks the rule
 */
record Spelling<T>(Class<T> type, String rule, Function<String, Optional<T>> parse) {

    /** Every type that our options have beyond text, numbers and paths. */
    static final List<Spelling<?>> ALL =
            List.of(
                    new Spelling<>(Address.class, SpeltAddress.RULE, SpeltAddress::parse),
                    new Spelling<>(
                            Hash32.class, "0x and 64 lower-case hexadecimal digits", Hash32::parse),
                    new Spelling<>(
                            URI.class,
                            "an http or https URL, without user info and fragment",
                            SpeltUri::web),
                    new Spelling<>(
                            PolicyName.class,
                            "a lower-case host name, *. and a host name, or \"\" for the gateway",
                            PolicyName::parse),
                    new Spelling<>(
                            Instant.class,
                            "an instant (RFC 3339), such as 2026-06-01T12:00:00Z",
                            Spelling::instant),
                    new Spelling<>(
                            Octets.class,
                            "hexadecimal digits, two a byte, with or without 0x",
                            Spelling::octets),
                    new Spelling<>(
                            DevnetKey.class,
                            "0x and 64 lower-case hexadecimal digits: a secp256k1 key",
                            DevnetKey::parse),
                    new Spelling<>(Duration.class, SpeltDuration.RULE, SpeltDuration::parse),
                    new Spelling<>(Vote.class, "for, against or abstain", Spelling::vote),
                    new Spelling<>(Update.class, "standard or early", Spelling::update),
                    new Spelling<>(
                            ProposedChanges.Delegation.class,
                            ProposedChanges.Delegation.RULE,
                            ProposedChanges.Delegation::parse),
                    new Spelling<>(
                            ProposedChanges.Allowance.class,
                            ProposedChanges.Allowance.RULE,
                            ProposedChanges.Allowance::parse));

    private static Optional<Update> update(String text) {
        return Arrays.stream(Update.values())
                .filter(update -> update.parameter().equals(text))
                .findFirst();
    }

    private static Optional<Vote> vote(String text) {
        return Arrays.stream(Vote.values())
                .filter(vote -> vote.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    /** Teaches all of them to {@code commandLine} and its subcommands. */
    static void registerAll(CommandLine commandLine) {
        ALL.forEach(spelling -> spelling.register(commandLine));
    }

    /** The rule of a type; empty for a type that picocli knows itself. */
    static Optional<String> ruleOf(Class<?> type) {
        return ALL.stream()
                .filter(spelling -> spelling.type().equals(type))
                .<String>map(Spelling::rule)
                .findFirst();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Octets> octets(String text) {
        return JsonFields.hex(text.startsWith("0x") ? text.substring(2) : text).map(Octets::of);
    }

    private void register(CommandLine commandLine) {
        commandLine.registerConverter(
                type,
                text -> parse.apply(text).orElseThrow(() -> new TypeConversionException(rule)));
    }
}
