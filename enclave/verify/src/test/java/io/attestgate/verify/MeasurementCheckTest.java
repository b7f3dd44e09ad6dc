package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.claims.Claims;
import io.attestgate.verify.claims.RegistrationClaims;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What runs, held against the list of what may. */
final class MeasurementCheckTest {
    private static final byte[] REGISTERS = {1, 2, 3};
    private static final Hash32 CONFIG = Hash32.parse("0x" + "11".repeat(32)).orElseThrow();
    private static final Hash32 ALLOWED = Measurement.of("tdx", REGISTERS, CONFIG);
    private static final Expectation ASKED = Expectation.of(Role.REGISTRATION, Set.of("tdx"));
    private static final Expectation LISTED =
            ASKED.withConfig(CONFIG).withMeasurements(Set.of(ALLOWED));

    private static PlatformReport report(String platform) {
        return new PlatformReport(
                platform, REGISTERS, Optional.empty(), Optional.empty(), "somebody");
    }

    /** Of a role that carries no digest of the bootstrap file. */
    private static MeasurementCheck check(Expectation expectation) {
        Claims claims =
                new RegistrationClaims(
                        BigInteger.ONE,
                        Address.of(new byte[Address.SIZE_BYTES]),
                        Address.of(new byte[Address.SIZE_BYTES]),
                        ALLOWED,
                        Optional.empty(),
                        1,
                        Hash32.ZERO,
                        SeveralVendors.NOW,
                        Hash32.ZERO);
        return new MeasurementCheck(claims, expectation);
    }

    private static Optional<Check> of(Optional<Refusal> refusal) {
        return refusal.map(Refusal::check);
    }

    @Test
    void whatIsOnTheListMayRunOnItsOwnPlatformAlone() {
        assertThat(check(LISTED).refusal(report("tdx"))).isEmpty();
        assertThat(check(LISTED).besideRefusal(report("tdx"))).isEmpty();
        assertThat(of(check(LISTED).refusal(report("snp")))).contains(Check.MEASUREMENT);
        assertThat(of(check(LISTED).besideRefusal(report("snp")))).contains(Check.MEASUREMENT);
    }

    @Test
    void withoutAListNothingIsCheckedAndNothingCountsBesideAnother() {
        Expectation unlisted = ASKED.withConfig(CONFIG);

        assertThat(check(unlisted).refusal(report("tdx"))).isEmpty();
        assertThat(of(check(unlisted).besideRefusal(report("tdx")))).contains(Check.MEASUREMENT);
    }

    @Test
    void anEmptyListLetsNothingRun() {
        Expectation none = ASKED.withConfig(CONFIG).withMeasurements(Set.of());

        assertThat(of(check(none).refusal(report("tdx")))).contains(Check.MEASUREMENT);
    }

    @Test
    void withoutTheBootstrapFilesDigestThereIsNoMeasurement() {
        Expectation listed = ASKED.withMeasurements(Set.of(ALLOWED));

        assertThat(of(check(listed).refusal(report("tdx")))).contains(Check.CONFIG);
        assertThat(of(check(listed).besideRefusal(report("tdx")))).contains(Check.CONFIG);
        assertThat(of(check(ASKED).besideRefusal(report("tdx")))).contains(Check.CONFIG);
        assertThat(check(LISTED).config()).contains(CONFIG);
    }
}
