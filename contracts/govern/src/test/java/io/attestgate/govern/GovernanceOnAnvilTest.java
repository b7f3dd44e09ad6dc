package io.attestgate.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.govern.GovernException.Cause;
import io.attestgate.govern.GovernanceDeployment.Governed;
import io.attestgate.govern.GovernanceDeployment.Plan;
import io.attestgate.peer.Anvil;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A DAO and a Safe govern a policy on a real development chain, whose clock the tests turn. */
@RequiresPeer("anvil")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GovernanceOnAnvilTest {
    private static final DevnetKey VOTER = key(0);
    private static final DevnetKey GUARDIAN = key(1);
    private static final DevnetKey OTHER = key(2);
    private static final byte[] DOCUMENT =
            "{\"domain\":\"app.example\"}".getBytes(StandardCharsets.UTF_8);

    private static final Duration DELAY = Duration.ofDays(2);
    private static final VotingTerms TERMS =
            new VotingTerms(
                    Duration.ofDays(1), Duration.ofDays(4), Duration.ofDays(2), BigInteger.TEN, 4);

    private Anvil anvil;
    private EndpointAccess access;
    private JsonRpc rpc;

    private static DevnetKey key(int number) {
        return DevnetKey.parse(Anvil.KEYS.get(number)).orElseThrow();
    }

    @BeforeAll
    void start() throws IOException {
        anvil = Anvil.start();
        access = EndpointAccess.to(anvil.rpc());
        rpc = JsonRpc.open(anvil.rpc());
    }

    @AfterAll
    void stop() {
        rpc.close();
        anvil.close();
    }

    @Test
    void aProposalIsVotedQueuedAndAfterItsDelayInForce() throws Exception {
        Governed dao = dao();
        Proposal proposal = publishing(dao, DOCUMENT);
        Governance governance = governance(dao, VOTER);
        governance.propose(proposal);
        assertThat(governance.state(proposal.id())).isEqualTo(ProposalState.PENDING);
        later(TERMS.votingDelay());
        governance.castVote(proposal.id(), Vote.FOR);
        assertThat(governance.state(proposal.id())).isEqualTo(ProposalState.ACTIVE);
        assertThat(count(dao, proposal).inFavour()).isEqualTo(BigInteger.valueOf(900));
        later(TERMS.votingPeriod());
        assertThat(governance.state(proposal.id())).isEqualTo(ProposalState.SUCCEEDED);
        governance.queue(proposal);
        assertThat(governance.state(proposal.id())).isEqualTo(ProposalState.QUEUED);
        assertThat(count(dao, proposal).due()).isPresent();
        assertRefused("TimelockUnexpectedOperationState", () -> governance.execute(proposal));
        later(DELAY);
        governance(dao, OTHER).execute(proposal);
        assertThat(governance.state(proposal.id())).isEqualTo(ProposalState.EXECUTED);
        assertThat(documentHash(dao)).isEqualTo(Hash32.of(Digests.keccak256(DOCUMENT)));
    }

    @Test
    void theLargestDocumentPassesWithTheGasThatIsSetByHand() throws Exception {
        byte[] largest = new byte[24_575];
        Arrays.fill(largest, (byte) 'x');
        Governed dao = dao();
        assertThat(pass(dao, publishing(dao, largest))).isEqualTo(ProposalState.EXECUTED);
        assertThat(documentHash(dao)).isEqualTo(Hash32.of(Digests.keccak256(largest)));
    }

    @Test
    void manyChangesPassTogether() throws Exception {
        Governed dao = dao();
        Address policy = dao.contracts().gatewayPolicy();
        Hash32 measurement = Hash32.of(Digests.sha256(DOCUMENT));
        PolicyChanges changes = changes(dao);
        Proposal proposal =
                new Proposal(
                        List.of(
                                changes.publish("app.example", DOCUMENT),
                                changes.delegate("tenant.example", OTHER.address(), 3),
                                changes.allow(
                                        measurement, "simulated", time().plusSeconds(30 * 86400)),
                                changes.setGuardian(policy, OTHER.address()),
                                changes.setSuccessor(OTHER.address())),
                        "Many changes");
        assertThat(pass(dao, proposal)).isEqualTo(ProposalState.EXECUTED);
        assertThat(view(policy).address("guardian()")).isEqualTo(OTHER.address());
        new PolicyPublisher(access, Anvil.CHAIN_ID, policy, OTHER)
                .publish("tenant.example", DOCUMENT);
    }

    @Test
    void aCallThatIsRefusedIsToldInTheWordsOfTheContractThatRefuses() throws Exception {
        Governed dao = dao();
        Proposal proposal = new Proposal(List.of(changes(dao).withdraw("absent")), "");
        assertRefused("NotPublished", () -> pass(dao, proposal));
    }

    @Test
    void aQuorumReachedLateExtendsTheVote() throws Exception {
        Governed dao = dao();
        Proposal proposal = publishing(dao, DOCUMENT);
        governance(dao, VOTER).propose(proposal);
        long deadline = count(dao, proposal).deadline();
        later(TERMS.votingDelay().plus(TERMS.votingPeriod()).minusSeconds(60));
        governance(dao, VOTER).castVote(proposal.id(), Vote.FOR);
        VoteCount late = count(dao, proposal);
        assertThat(late.deadline())
                .isGreaterThan(deadline)
                .isGreaterThanOrEqualTo(
                        time().getEpochSecond() + TERMS.voteExtension().toSeconds());
        later(Duration.ofDays(1));
        governance(dao, OTHER).castVote(proposal.id(), Vote.AGAINST);
        assertThat(count(dao, proposal).against()).isEqualTo(BigInteger.valueOf(100));
    }

    @Test
    void nobodyCancels() throws Exception {
        Governed dao = dao();
        GovernedBy.Votes by = (GovernedBy.Votes) dao.by();
        Proposal proposal = publishing(dao, DOCUMENT);
        governance(dao, VOTER).propose(proposal);
        String selector =
                Call.of("cancel(address[],uint256[],bytes[],bytes32)", new AbiEncoder()).data();
        String arguments = proposal.queue().data().substring(selector.length());
        Call cancelling = new Call(selector + arguments, 1_000_000);
        for (DevnetKey key : List.of(VOTER, GUARDIAN, OTHER)) {
            assertRefused("GovernorUnableToCancel", () -> send(key, by.governor(), cancelling));
            assertRefused(
                    "AccessControlUnauthorizedAccount",
                    () ->
                            send(
                                    key,
                                    by.timelock(),
                                    Call.of(
                                            "cancel(bytes32)",
                                            new AbiEncoder().bytes32(Hash32.ZERO))));
        }
    }

    @Test
    void whoDeployedHasNothingLeft() throws Exception {
        Governed dao = dao();
        GovernedBy.Votes by = (GovernedBy.Votes) dao.by();
        PolicyPublisher publisher =
                new PolicyPublisher(access, Anvil.CHAIN_ID, dao.contracts().gatewayPolicy(), VOTER);
        assertRefused("NotController", () -> publisher.publish("app.example", DOCUMENT));
        assertRefused("NotGovernor", () -> publisher.delegate("a", VOTER.address(), 1));
        MeasurementPublisher registry =
                new MeasurementPublisher(
                        anvil.rpc(), Anvil.CHAIN_ID, dao.contracts().measurementRegistry(), VOTER);
        assertRefused("NotGovernor", () -> registry.proposeGovernor(VOTER.address()));
        ProposedCall schedule =
                publishing(dao, DOCUMENT).scheduleOn(by.timelock(), DELAY.toSeconds());
        assertRefused("AccessControlUnauthorizedAccount", () -> send(VOTER, schedule));
        assertThat(dao.roles().rows())
                .filteredOn(row -> row.value().contains(VOTER.address().toString()))
                .isEmpty();
    }

    @Test
    void theTableSaysWhoHoldsWhatAndOnWhatTerms() throws Exception {
        Governed dao = dao();
        GovernedBy.Votes by = (GovernedBy.Votes) dao.by();
        assertThat(GovernedBy.read(access, dao.contracts().gatewayPolicy())).isEqualTo(by);
        assertThat(dao.roles().toString())
                .contains(
                        "PolicyTimelock " + by.timelock(),
                        "proposer               " + by.governor(),
                        "executor               everybody",
                        "canceller              nobody",
                        "admin                  " + by.timelock(),
                        "first proposer         " + by.governor(),
                        "operations scheduled   0",
                        "delay                  172800 seconds",
                        "voting period          345600 seconds",
                        "quorum                 4%",
                        "guardian               " + GUARDIAN.address());
    }

    @Test
    void aRoleThatIsNotAsPlannedIsTold() throws Exception {
        Governed dao = dao();
        RoleTable.Row guardian =
                new RoleTable.Row(
                        "GatewayPolicy", dao.contracts().gatewayPolicy(), "guardian", "nobody");
        GovernException refused =
                catchThrowableOfType(
                        GovernException.class,
                        () ->
                                GovernanceDeployment.requireAsPlanned(
                                        dao.roles(), new RoleTable(List.of(guardian))));
        assertThat(refused.whose()).isEqualTo(Cause.WRONG_ROLES);
        assertThat(refused)
                .hasMessage("guardian of GatewayPolicy: %s (expected: nobody)", GUARDIAN.address());
    }

    /**
     * The deployer is the first proposer, schedules his own role for later beside handing over, and
     * the roles that can be listed are as planned. Nobody could cancel what waits there.
     */
    @Test
    void anOperationHiddenBeforeTheHandoverShowsInTheTable() throws Exception {
        Address timelock = timelock(VOTER.address());
        String grant = "grantRole(bytes32,address)";
        List<Call> handover =
                List.of(
                        Call.of(grant, proposer(OTHER)),
                        Call.of("revokeRole(bytes32,address)", proposer(VOTER)));
        Proposal visible = onTimelock(timelock, handover);
        Proposal hidden = onTimelock(timelock, List.of(Call.of(grant, proposer(GUARDIAN))));
        send(VOTER, hidden.scheduleOn(timelock, DELAY.toSeconds()));
        send(VOTER, visible.scheduleOn(timelock, DELAY.toSeconds()));
        later(DELAY);
        send(VOTER, visible.executeOn(timelock));
        assertThat(told(timelock, OTHER.address()))
                .isEqualTo(
                        "first proposer of PolicyTimelock: %s (expected: %s); operations scheduled of PolicyTimelock: 2 (expected: 0)"
                                .formatted(VOTER.address(), OTHER.address()));
        send(VOTER, hidden.executeOn(timelock));
        assertThat(view(timelock).number("hasRole(bytes32,address)", proposer(GUARDIAN)))
                .isEqualTo(BigInteger.ONE);
    }

    @Test
    void whatTheRightProposerScheduledBeforeTheTableWasReadShowsInIt() throws Exception {
        Address timelock = timelock(OTHER.address());
        assertThat(read(timelock).toString()).contains("operations scheduled   0");
        Proposal early =
                onTimelock(
                        timelock,
                        List.of(Call.of("grantRole(bytes32,address)", proposer(GUARDIAN))));
        send(OTHER, early.scheduleOn(timelock, DELAY.toSeconds()));
        assertThat(told(timelock, OTHER.address()))
                .isEqualTo("operations scheduled of PolicyTimelock: 1 (expected: 0)");
    }

    @Test
    void whoDeploysATimelockIsNeverItsAdmin() throws Exception {
        Address timelock = timelock(OTHER.address());
        Call grant = Call.of("grantRole(bytes32,address)", proposer(VOTER));
        assertRefused("AccessControlUnauthorizedAccount", () -> send(VOTER, timelock, grant));
    }

    @Test
    void aSafeDecidesThroughATimelockOfItsOwn() throws Exception {
        Governed safe = deploy(new Authority.Timelocked(OTHER.address(), DELAY), Pace.PRODUCTION);
        GovernedBy.Timelocked by = (GovernedBy.Timelocked) safe.by();
        assertThat(GovernedBy.read(access, safe.contracts().gatewayPolicy())).isEqualTo(by);
        Proposal proposal = publishing(safe, DOCUMENT);
        send(OTHER, proposal.scheduleOn(by.timelock(), DELAY.toSeconds()));
        assertRefused(
                "TimelockUnexpectedOperationState",
                () -> send(VOTER, proposal.executeOn(by.timelock())));
        later(DELAY);
        send(VOTER, proposal.executeOn(by.timelock()));
        assertThat(documentHash(safe)).isEqualTo(Hash32.of(Digests.keccak256(DOCUMENT)));
    }

    @Test
    void anAccountWithADelayOfItsOwnGovernsDirectly() throws Exception {
        Governed account = deploy(new Authority.Account(OTHER.address()), Pace.PRODUCTION);
        assertThat(GovernedBy.read(access, account.contracts().gatewayPolicy()))
                .isEqualTo(new GovernedBy.Account(OTHER.address()));
        send(OTHER, changes(account).publish("app.example", DOCUMENT));
        assertThat(documentHash(account)).isEqualTo(Hash32.of(Digests.keccak256(DOCUMENT)));
    }

    @Test
    void aGovernorOfKeysHandsOverToTheDao() throws Exception {
        Governed keys = deploy(new Authority.Account(VOTER.address()), Pace.PRODUCTION);
        GovernedBy.Votes dao = (GovernedBy.Votes) dao().by();
        Address policy = keys.contracts().gatewayPolicy();
        send(VOTER, changes(keys).proposeGovernor(policy, dao.timelock()));
        Proposal accepting =
                new Proposal(List.of(changes(keys).acceptGovernor(policy)), "Take the policy");
        assertThat(pass(dao, accepting)).isEqualTo(ProposalState.EXECUTED);
        assertThat(GovernedBy.read(access, policy)).isEqualTo(dao);
    }

    @Test
    void termsOfSecondsNeedTheDevnetsPace() throws Exception {
        Duration second = Duration.ofSeconds(1);
        VotingTerms terms = new VotingTerms(second, second, second, BigInteger.ZERO, 1);
        Address token = token();
        Authority votes = new Authority.Votes(token, terms, second, second);
        GovernException refused =
                catchThrowableOfType(GovernException.class, () -> deploy(votes, Pace.PRODUCTION));
        assertThat(refused.whose()).isEqualTo(Cause.WRONG_TERMS);
        assertThat(refused)
                .hasMessageContaining(
                        "votingDelay: 1s (expected: 86400s to 2592000s at the pace PRODUCTION)")
                .hasMessageContaining("delay: 1s");
        assertThat(deploy(votes, Pace.DEVNET).by()).isInstanceOf(GovernedBy.Votes.class);
    }

    @Test
    void aTokenThatIsNoneIsRefused() {
        Authority votes =
                new Authority.Votes(OTHER.address(), TERMS, Duration.ofSeconds(12), DELAY);
        GovernException refused =
                catchThrowableOfType(GovernException.class, () -> deploy(votes, Pace.PRODUCTION));
        assertThat(refused.whose()).isEqualTo(Cause.WRONG_CODE);
    }

    /** By a deployer of his own mind. */
    private Address timelock(Address proposer) throws GovernException {
        ContractArtifact timelock = ContractArtifact.load("PolicyTimelock");
        AbiEncoder arguments = new AbiEncoder().uint(DELAY.toSeconds()).address(proposer);
        try (Sender sender = Sender.open(access, VOTER)) {
            Call init = Call.of(timelock.bytecode(), arguments, 6_500_000);
            return sender.create(timelock, init).created().orElseThrow();
        }
    }

    private static AbiEncoder proposer(DevnetKey key) {
        return new AbiEncoder().bytes32(TimelockRole.PROPOSER.id()).address(key.address());
    }

    private static Proposal onTimelock(Address timelock, List<Call> calls) {
        return new Proposal(
                calls.stream().map(call -> new ProposedCall(timelock, call.data())).toList(), "");
    }

    private RoleTable read(Address timelock) throws GovernException {
        try (Sender sender = Sender.open(access, VOTER)) {
            RoleReader reader = new RoleReader(sender);
            reader.timelock(timelock);
            return reader.table();
        }
    }

    private String told(Address timelock, Address proposer) throws GovernException {
        RoleTable planned = PlannedRoles.ofTimelock(timelock, proposer, DELAY);
        RoleTable found = read(timelock);
        GovernException refused =
                catchThrowableOfType(
                        GovernException.class,
                        () -> GovernanceDeployment.requireAsPlanned(found, planned));
        assertThat(refused.whose()).isEqualTo(Cause.WRONG_ROLES);
        return String.valueOf(refused.getMessage());
    }

    /** Of voters whose votes count already. */
    private Governed dao() throws GovernException, RpcException {
        Authority votes = new Authority.Votes(token(), TERMS, Duration.ofSeconds(12), DELAY);
        Governed dao = deploy(votes, Pace.PRODUCTION);
        later(Duration.ofSeconds(1));
        return dao;
    }

    private Address token() throws GovernException {
        VotesToken token = VotesToken.deploy(access, VOTER, BigInteger.valueOf(1000));
        token.transfer(VOTER, OTHER.address(), BigInteger.valueOf(100));
        token.delegate(OTHER, OTHER.address());
        return token.address();
    }

    private Governed deploy(Authority authority, Pace pace) throws GovernException {
        Plan plan = new Plan(authority, Optional.of(GUARDIAN.address()), pace);
        return GovernanceDeployment.deploy(access, VOTER, plan);
    }

    private Governance governance(Governed dao, DevnetKey key) {
        return governance((GovernedBy.Votes) dao.by(), key);
    }

    private Governance governance(GovernedBy.Votes dao, DevnetKey key) {
        return new Governance(access, Anvil.CHAIN_ID, dao.governor(), key);
    }

    private ProposalState pass(Governed dao, Proposal proposal) throws Exception {
        return pass((GovernedBy.Votes) dao.by(), proposal);
    }

    private ProposalState pass(GovernedBy.Votes dao, Proposal proposal) throws Exception {
        Governance governance = governance(dao, VOTER);
        governance.propose(proposal);
        later(TERMS.votingDelay());
        governance.castVote(proposal.id(), Vote.FOR);
        later(TERMS.votingPeriod());
        governance.queue(proposal);
        later(DELAY);
        governance.execute(proposal);
        return governance.state(proposal.id());
    }

    private static PolicyChanges changes(Governed governed) {
        return new PolicyChanges(
                governed.contracts().gatewayPolicy(), governed.contracts().measurementRegistry());
    }

    private static Proposal publishing(Governed governed, byte[] document) {
        return new Proposal(
                List.of(changes(governed).publish("app.example", document)), "Publish app.example");
    }

    private VoteCount count(Governed dao, Proposal proposal) throws GovernException {
        return Governance.count(access, ((GovernedBy.Votes) dao.by()).governor(), proposal.id());
    }

    private void send(DevnetKey key, ProposedCall call) throws GovernException {
        send(key, call.target(), new Call(call.data(), 3_000_000));
    }

    private void send(DevnetKey key, Address to, Call call) throws GovernException {
        List<ContractArtifact> known =
                List.of(
                        ContractArtifact.load("PolicyGovernor"),
                        ContractArtifact.load("PolicyTimelock"),
                        ContractArtifact.load("GatewayPolicy"));
        try (Sender sender = Sender.open(access, key)) {
            sender.call(known, to, call);
        }
    }

    private Hash32 documentHash(Governed governed) throws GovernException {
        return view(governed.contracts().gatewayPolicy())
                .hash("documentOf(string)", new AbiEncoder().string("app.example"));
    }

    private ContractView view(Address contract) {
        return new ContractView(new Endpoint(access), contract);
    }

    private void later(Duration duration) throws RpcException {
        rpc.call("evm_increaseTime", new Json.Int(duration.toSeconds() + 1));
        rpc.call("evm_mine");
    }

    private Instant time() throws RpcException {
        Json block =
                rpc.call("eth_getBlockByNumber", new Json.Text("latest"), new Json.Bool(false));
        String timestamp = Endpoint.text((Json.Obj) block, "timestamp").orElseThrow();
        return Instant.ofEpochSecond(Long.decode(timestamp));
    }

    private static void assertRefused(String error, ThrowingCallable call) {
        GovernException refused = catchThrowableOfType(GovernException.class, call);
        assertThat(refused.error()).hasValue(error);
    }
}
