package io.attestgate.policy.finality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.attestgate.peer.LoopbackCertificate;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.endpoint.EndpointStatus;
import io.attestgate.policy.endpoint.EndpointStatus.State;
import io.attestgate.policy.endpoint.Endpoints;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.proof.TestHeaders;
import io.attestgate.policy.rpc.HostileEndpoint.Answering;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three endpoints with a key each, of which two must agree. */
final class QuorumFinalityTest {
    private final Instant now = Instant.parse("2030-03-18T00:00:00Z");
    private final ToldChain a = ToldChain.open("a", LoopbackCertificate.newServer());
    private final ToldChain b = ToldChain.open("b", LoopbackCertificate.newServer());
    private final ToldChain c = ToldChain.open("c", LoopbackCertificate.newServer());
    private Endpoints endpoints = endpoints(a, b, c);
    private QuorumFinality finality = new QuorumFinality(endpoints, 2, ToldChain.CHAIN_ID);

    QuorumFinalityTest() throws IOException {}

    @AfterEach
    void close() {
        finality.close();
        endpoints.close();
        Stream.of(a, b, c).forEach(ToldChain::close);
    }

    @Test
    void whatAllSayIsBelieved() throws Exception {
        FinalisedHeader newest = finality.newest();

        assertThat(newest.header()).isEqualTo(ToldChain.honest(100));
        assertThat(newest.justification()).startsWith("3 of 3 endpoints: ");
        assertThat(endpoints.status())
                .allSatisfy(
                        status -> {
                            assertThat(status.state()).isEqualTo(State.ANSWERING);
                            assertThat(status.finalised()).hasValue(100);
                            assertThat(status.key()).isPresent();
                        });
        assertThat(endpoints.status().stream().map(EndpointStatus::key).distinct()).hasSize(3);
    }

    @Test
    void atDifferentHeightsTheHighestThatTwoReachAndNameCounts() throws Exception {
        a.finalised = 104;
        b.finalised = 102;
        c.finalised = 96;

        assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(102));
        assertThat(finality.disagreements().count()).isZero();
    }

    @Test
    void oneThatIsFarAheadAloneCountsForNothing() throws Exception {
        a.finalised = 109;
        a.forkedFrom = 105;

        assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(100));
    }

    @Test
    void whoNamesAnotherForkIsOutvotedAndNamed() throws Exception {
        c.forkedFrom = 50;

        assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(100));
        assertThat(finality.disagreements().count()).isEqualTo(1);
        assertThat(finality.disagreements().newest().orElseThrow())
                .contains("by c")
                .startsWith("block 100: ");
    }

    @Test
    void belowTwoLiarsAtTheTopTheyAreStillHeldToWhatTheyNameBelow() throws Exception {
        a.finalised = 104;
        a.forkedFrom = 103;
        b.finalised = 104;
        b.forkedFrom = 104;
        c.finalised = 102;

        assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(102));
        assertThat(finality.disagreements().count()).isEqualTo(1);
    }

    @Test
    void threeForksAreNoAgreement() {
        a.forkedFrom = 50;
        b.forkedFrom = 50;

        PolicyReadException refused = refusal();

        assertThat(refused.failure()).isEqualTo(Failure.DISAGREEMENT);
        assertThat(refused)
                .hasMessageContaining("by a")
                .hasMessageContaining("by b")
                .hasMessageContaining("by c");
    }

    @Test
    void twoUrlsOfOneKeyAreOneVoice() throws Exception {
        SSLContext one = LoopbackCertificate.newServer();
        try (ToldChain first = ToldChain.open("first", one);
                ToldChain second = ToldChain.open("second", one)) {
            use(2, first, second);

            PolicyReadException refused = refusal();

            assertThat(refused.failure()).isEqualTo(Failure.NO_QUORUM);
            assertThat(refused).hasMessageContaining("1 keys");
        }
    }

    @Test
    void twoUrlsOfOneKeyThatNameTwoBlocksAreOneLiar() throws Exception {
        SSLContext one = LoopbackCertificate.newServer();
        try (ToldChain first = ToldChain.open("first", one);
                ToldChain second = ToldChain.open("second", one)) {
            second.forkedFrom = 50;
            use(2, first, second, a, b);

            assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(100));
            assertThat(endpoints.status().subList(0, 2))
                    .allSatisfy(
                            status -> {
                                assertThat(status.state()).isEqualTo(State.QUARANTINED);
                                assertThat(status.lastRefusal().orElseThrow().name())
                                        .isEqualTo(Failure.EQUIVOCATION);
                            });
        }
    }

    @Test
    void anEndpointWithoutTlsHasNoVoice() throws Exception {
        try (ToldChain plain = ToldChain.openPlain("plain")) {
            use(2, plain, a);

            assertThat(refusal().failure()).isEqualTo(Failure.NO_QUORUM);
        }
    }

    @Test
    void aKeyThatChangesItsWordIsSetAsideForGood() throws Exception {
        finality.newest();
        c.forkedFrom = 50;

        assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(100));

        assertThat(standing("c").state()).isEqualTo(State.QUARANTINED);
        assertThat(standing("c").until()).isEmpty();
        assertThat(standing("c").lastRefusal().orElseThrow().name())
                .isEqualTo(Failure.EQUIVOCATION);
    }

    @Test
    void aKeyThatChangesItsWordAboutAnOlderBlockIsCaughtToo() throws Exception {
        finality.newest();
        a.finalised = 101;
        b.finalised = 102;
        c.finalised = 103;
        finality.newest();
        c.finalised = 104;
        c.forkedFrom = 102;
        b.finalised = 102;

        finality.newest();

        assertThat(standing("c").lastRefusal().orElseThrow().name())
                .isEqualTo(Failure.EQUIVOCATION);
    }

    @Test
    void aNodeThatLagsALittleRestsAndOneThatGoesFarBackIsSetAside() throws Exception {
        a.finalised = 1000;
        a.latest = 1000;
        b.finalised = 1000;
        b.latest = 1000;
        c.finalised = 1000;
        c.latest = 1000;
        finality.newest();
        b.finalised = 990;
        c.finalised = 100;

        assertThat(refusal().failure()).isEqualTo(Failure.NO_QUORUM);

        assertThat(standing("b").state()).isEqualTo(State.RESTING);
        assertThat(standing("b").lastRefusal().orElseThrow().name()).isEqualTo(Failure.LAGGING);
        assertThat(standing("c").state()).isEqualTo(State.QUARANTINED);
        assertThat(standing("c").lastRefusal().orElseThrow().name()).isEqualTo(Failure.OLDER_BLOCK);
        b.finalised = 1001;
        b.latest = 1001;
        assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(1000));
    }

    @Test
    void whatWasFinalStaysWhenOnlySlowerNodesAreLeft() throws Exception {
        c.finalised = 90;
        finality.newest();
        a.server().close();

        assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(100));
    }

    @Test
    void aHeaderWhoseFieldsMakeAnotherHashIsALie() throws Exception {
        c.blocks = block -> TestHeaders.with(block, "number", "0x70");

        assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(100));
        assertThat(standing("c").state()).isEqualTo(State.QUARANTINED);
        assertThat(standing("c").lastRefusal().orElseThrow().name())
                .isEqualTo(Failure.WRONG_HEADER);
    }

    @Test
    void anotherChainIsALieAndIfAllTellItTheRefusalSaysSo() throws Exception {
        c.chainId = 1;
        assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(100));
        assertThat(standing("c").lastRefusal().orElseThrow().name()).isEqualTo(Failure.WRONG_CHAIN);

        use(2, a, b);
        a.chainId = 1;
        b.chainId = 1;
        assertThat(refusal().failure()).isEqualTo(Failure.WRONG_CHAIN);
        assertThat(refusal().failure()).isEqualTo(Failure.QUARANTINED);
    }

    @Test
    void twoThatAreGoneAreNoQuorumAndOneIsFailedOver() throws Exception {
        a.server().close();
        assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(100));

        b.server().answer(Answering.bytes(request -> new byte[] {'{'}));
        PolicyReadException refused = refusal();

        assertThat(refused.failure()).isEqualTo(Failure.NO_QUORUM);
        assertThat(refused)
                .hasMessageContaining("b: MALFORMED_ANSWER")
                .hasMessageContaining("(expected: 2 of 3)");
    }

    @Test
    void aSilentEndpointHoldsNobodyUp() throws Exception {
        c.server().answer(Answering.silent());
        long start = System.nanoTime();

        assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(100));
        assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(100));

        assertThat(System.nanoTime() - start).isLessThan(4_000_000_000L);
    }

    @Test
    void whatTwoNameBeyondFinalityIsEarly() throws Exception {
        assertThat(finality.early()).isEmpty();
        finality.newest();
        a.latest = 108;
        b.latest = 107;
        c.latest = 103;

        assertThat(finality.early()).contains(ToldChain.honest(107));
    }

    @Test
    void forksAtTheTipAreNothingEarlyAndNoLie() throws Exception {
        finality.newest();
        a.forkedFrom = 101;
        b.forkedFrom = 101;

        assertThat(finality.early()).isEmpty();

        assertThat(endpoints.status())
                .allSatisfy(status -> assertThat(status.state()).isEqualTo(State.ANSWERING));
        b.forkedFrom = Long.MAX_VALUE;
        assertThat(finality.early()).contains(ToldChain.honest(110));
    }

    @Test
    void bothMustNameOneHashAtOneNumber() throws Exception {
        Signed signed = new Signed();
        BothFinality both = new BothFinality(finality, signed);
        signed.newest = ToldChain.honest(98);

        FinalisedHeader newest = both.newest();

        assertThat(newest.header()).isEqualTo(ToldChain.honest(98));
        assertThat(newest.justification()).startsWith("signed by a test; 3 of 3 endpoints: ");
    }

    @Test
    void bothWaitForWhomeverIsBehind() throws Exception {
        Signed signed = new Signed();
        BothFinality both = new BothFinality(finality, signed);
        signed.newest = ToldChain.honest(103);
        assertThat(catchThrowableOfType(PolicyReadException.class, both::newest).failure())
                .isEqualTo(Failure.NO_QUORUM);
        signed.newest = ToldChain.honest(105);
        Stream.of(a, b, c).forEach(chain -> chain.finalised = 104);

        assertThat(both.newest().header()).isEqualTo(ToldChain.honest(103));
        Stream.of(a, b, c).forEach(chain -> chain.finalised = 106);
        assertThat(both.newest().header()).isEqualTo(ToldChain.honest(105));
    }

    @Test
    void bothRefuseWhatOneNamesAlone() {
        Signed signed = new Signed();
        BothFinality both = new BothFinality(finality, signed);
        signed.newest = TestHeaders.read(ToldChain.block(98, "signed"));

        PolicyReadException refused = catchThrowableOfType(PolicyReadException.class, both::newest);

        assertThat(refused.failure()).isEqualTo(Failure.DISAGREEMENT);
        assertThat(finality.disagreements().count()).isEqualTo(1);
    }

    @Test
    void bothMustNameWhatIsEarly() throws Exception {
        Signed signed = new Signed();
        BothFinality both = new BothFinality(finality, signed);
        signed.newest = ToldChain.honest(100);
        both.newest();
        signed.early = Optional.of(ToldChain.honest(108));

        assertThat(both.early()).contains(ToldChain.honest(108));
        b.forkedFrom = 105;
        c.forkedFrom = 105;
        assertThat(both.early()).isEmpty();
    }

    /** A light client that says what the test wants. */
    private static final class Signed implements FinalitySource {
        private ExecutionHeader newest = ToldChain.honest(1);
        private Optional<ExecutionHeader> early = Optional.empty();

        @Override
        public FinalisedHeader newest() {
            return new FinalisedHeader(newest, "signed by a test");
        }

        @Override
        public Optional<ExecutionHeader> early() {
            return early;
        }

        @Override
        public void close() {}
    }

    private void use(int quorum, ToldChain... chains) {
        close(finality, endpoints);
        endpoints = endpoints(chains);
        finality = new QuorumFinality(endpoints, quorum, ToldChain.CHAIN_ID);
    }

    private static void close(QuorumFinality finality, Endpoints endpoints) {
        finality.close();
        endpoints.close();
    }

    private Endpoints endpoints(ToldChain... chains) {
        return new Endpoints(Stream.of(chains).map(chain -> chain.endpoint(() -> now)).toList());
    }

    private EndpointStatus standing(String name) {
        return endpoints.status().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private PolicyReadException refusal() {
        return catchThrowableOfType(PolicyReadException.class, finality::newest);
    }
}
