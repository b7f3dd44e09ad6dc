package io.attestgate.certificate.renewal;

import io.attestgate.certificate.account.Accounts;
import io.attestgate.certificate.account.SealedEntries;
import io.attestgate.certificate.challenge.Challenges;
import io.attestgate.certificate.key.Certificates;
import io.attestgate.certificate.key.KeyEvidence;
import io.attestgate.wire.Hostname;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What the keeper works with.
 *
 * @param accounts at the authorities
 * @param states the sealed entries of each name's purpose, {@code tls/<domain>}
 * @param evidence for keys
 * @param challenges where answers are published
 * @param certificates where what is served is published
 * @param clock of everything that is due
 * @param random of keys and of jitter
 */
public record KeeperParts(
        Accounts accounts,
        Function<Hostname, SealedEntries> states,
        KeyEvidence evidence,
        Challenges challenges,
        Certificates certificates,
        InstantSource clock,
        SecureRandom random) {}
