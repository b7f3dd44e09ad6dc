package io.attestgate.verify.dcap;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.TcbState;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which level a platform reaches and what that means for the quote.
 *
 * <p>How it works (QVL 4.1.2.4.17):
 *
 * <ol>
 *   <li>The first level all of whose SGX components and PCE the platform reaches is the SGX level.
 *   <li>For TDX the first such level whose TDX components the domain reaches as well is the TDX
 *       level. Without either the platform is unknown, which is no state but a refusal.
 *   <li>A module of a major version other than zero is judged by the levels of its own identity; an
 *       old or revoked module makes the platform so.
 *   <li>TDX 1.5 says how new the module is now, not only when the domain was launched. If the
 *       domain is old for its module alone, and a new one is there, a relaunch would make it
 *       current.
 *   <li>Last the quoting enclave is converged in the same way as the module.
 * </ol>
 *
 * Advisories are those of every level that was reached on the way.
 */
final class TcbEvaluation {
    private static final String CLAUSE = "QVL 4.1.2.4.17";

    /** What it comes to. */
    record Result(TcbState state, SortedSet<String> advisories) {}

    private final TcbInfo info;
    private final PckExtension platform;
    private final IsvLevel quotingEnclave;
    private final SortedSet<String> advisories = new TreeSet<>();

    TcbEvaluation(TcbInfo info, PckExtension platform, IsvLevel quotingEnclave) {
        this.info = info;
        this.platform = platform;
        this.quotingEnclave = quotingEnclave;
    }

    /** The module is one that Intel stands for (QVL 4.1.2.4.9). */
    static void module(TcbInfo info, TdReport report) throws RefusedException {
        int major = report.teeTcbSvn().at(1);
        RefusedException.unless(
                info.module(major).filter(module -> module.isThatOf(report)).isPresent(),
                Check.MODULE,
                "TDX module %d, signed by %s, attributes %s"
                        .formatted(
                                major,
                                report.field("mrSignerSeam"),
                                report.field("seamAttributes")),
                "one of the TCB info's modules",
                "QVL 4.1.2.4.9");
    }

    Result evaluate(QuoteBody body) throws RefusedException {
        TcbLevel sgx =
                info.levels().stream()
                        .filter(level -> level.isReachedBySgx(platform))
                        .findFirst()
                        .orElseThrow(() -> unknown("SGX components and PCE"));
        advisories.addAll(sgx.advisories());
        TcbState state =
                switch (body) {
                    case SgxReport report -> sgx.state();
                    case TdReport report -> domain(sgx, report);
                };
        advisories.addAll(quotingEnclave.advisories());
        return new Result(TcbStatus.converge(state, quotingEnclave.state()), advisories);
    }

    private TcbState domain(TcbLevel sgx, TdReport report) throws RefusedException {
        TcbLevel tdx =
                info.levels().stream()
                        .filter(level -> level.isReachedBySgx(platform))
                        .filter(level -> level.isReachedByTdx(report.teeTcbSvn()))
                        .findFirst()
                        .orElseThrow(() -> unknown("TDX components"));
        advisories.addAll(tdx.advisories());
        TcbState module = moduleState(report.teeTcbSvn());
        TcbState both = TcbStatus.converge(tdx.state(), module);
        if (sgx.state() == TcbState.REVOKED) {
            return TcbState.REVOKED;
        }
        Optional<Octets> current = report.teeTcbSvn2();
        return current.isPresent()
                        && module == TcbState.OUT_OF_DATE
                        && isOnlyLaunchedOld(sgx.state(), both, current.get())
                ? relaunch(sgx.state(), both)
                : both;
    }

    private TcbState moduleState(Octets svn) throws RefusedException {
        int major = svn.at(1);
        if (major == 0) {
            return TcbState.UP_TO_DATE;
        }
        IsvLevel level =
                info.module(major)
                        .flatMap(module -> IsvLevel.reached(module.levels(), svn.at(0)))
                        .orElseThrow(() -> unknown("TDX module"));
        advisories.addAll(level.advisories());
        return level.state();
    }

    /** QVL 4.1.2.4.17.4.3: everything but this domain's launch is current. */
    private boolean isOnlyLaunchedOld(TcbState sgx, TcbState launched, Octets current) {
        boolean platformCurrent =
                switch (sgx) {
                    case UP_TO_DATE,
                            SW_HARDENING_NEEDED,
                            CONFIGURATION_NEEDED,
                            CONFIGURATION_AND_SW_HARDENING_NEEDED ->
                            true;
                    case TD_RELAUNCH_ADVISED,
                            TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED,
                            OUT_OF_DATE,
                            OUT_OF_DATE_CONFIGURATION_NEEDED,
                            REVOKED,
                            UNJUDGED ->
                            false;
                };
        boolean launchedOld =
                launched == TcbState.OUT_OF_DATE
                        || launched == TcbState.OUT_OF_DATE_CONFIGURATION_NEEDED;
        boolean signerCurrent = quotingEnclave.state() == TcbState.UP_TO_DATE;
        return platformCurrent && launchedOld && signerCurrent && isNewest(current);
    }

    /** The module that is loaded now is at the newest level there is. */
    private boolean isNewest(Octets current) {
        TcbLevel newest = info.levels().getFirst();
        int major = current.at(1);
        int minor = current.at(0);
        int minorNewest =
                major == 0
                        ? newest.tdx().get(0)
                        : info.module(major)
                                .flatMap(module -> module.levels().stream().findFirst())
                                .map(IsvLevel::isvSvn)
                                .orElse(Integer.MAX_VALUE);
        return minor >= minorNewest && current.at(2) >= newest.tdx().get(2);
    }

    private static TcbState relaunch(TcbState sgx, TcbState launched) {
        return sgx.isConfigurationNeeded() || launched.isConfigurationNeeded()
                ? TcbState.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED
                : TcbState.TD_RELAUNCH_ADVISED;
    }

    private static RefusedException unknown(String what) {
        return new RefusedException(
                Check.TCB_LEVEL,
                what + " below every level",
                "a level that Intel lists for this platform",
                CLAUSE);
    }
}
