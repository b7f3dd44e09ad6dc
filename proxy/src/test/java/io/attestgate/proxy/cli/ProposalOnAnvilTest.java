package io.attestgate.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.govern.Authority;
import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.EndpointAccess;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.GovernanceDeployment;
import io.attestgate.govern.GovernanceDeployment.Governed;
import io.attestgate.govern.GovernanceDeployment.Plan;
import io.attestgate.govern.GovernedBy;
import io.attestgate.govern.Pace;
import io.attestgate.govern.VotesToken;
import io.attestgate.govern.VotingTerms;
import io.attestgate.peer.Anvil;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Address;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person takes a proposal from its draft to the policy, on a chain whose clock the test turns.
 */
@RequiresPeer("anvil")
final class ProposalOnAnvilTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("attestgate.root", ".."), "docs/examples");
    private static final DevnetKey DEPLOYER = key(0);
    private static final DevnetKey SAFE = key(1);
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final String VOTER = Anvil.KEYS.getFirst();
    private static final String STRANGER = Anvil.KEYS.get(2);

    @TempDir private Path folder = Path.of("");

    private Anvil anvil;
    private EndpointAccess access;

    @BeforeEach
    void start() throws IOException {
        anvil = Anvil.start();
        access = EndpointAccess.to(anvil.rpc());
    }

    @AfterEach
    void stop() {
        anvil.close();
    }

    @Test
    void aDocumentIsProposedVotedQueuedExecutedAndLive() throws Exception {
        Governed dao = dao();
        String document = EXAMPLES.resolve("gateway.json").toString();

        Ran proposed = with(dao, VOTER, "propose", document);
        Ran pending = with(dao, "status");
        Ran early = with(dao, VOTER, "vote", "for");
        later();
        Ran voted = with(dao, VOTER, "vote", "for");
        Ran active = with(dao, "status", "--json");
        later();
        Ran queued = with(dao, VOTER, "queue");
        Ran tooEarly = with(dao, VOTER, "execute");
        later();
        Ran executed = with(dao, STRANGER, "execute", "--wait");
        anvil.finalise();
        Ran live = with(dao, "show");
        Ran none = with(dao, "status");
        Ran all = with(dao, "status", "--all");

        assertGood(proposed, pending, voted, active, queued, executed, live, none, all);
        assertThat(proposed.out())
                .startsWith("proposed 0x")
                .contains("GatewayPolicy.publish(name: \"\", document: ", "the gateway: added")
                .contains("widens       $.authorities");
        assertThat(pending.out())
                .contains("pending; the vote begins after ", "the gateway: added")
                .contains("decided by   governor, who is timelock ");
        assertThat(early.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(early.err()).contains("pending (expected: active; --wait waits for it)");
        assertThat(voted.out()).startsWith("voted for, proposal 0x");
        assertThat(active.out())
                .contains("\"state\":\"active\"", "\"for\":\"1000\"", "\"understood\":true");
        assertThat(queued.out()).startsWith("queued, proposal 0x").contains("  due  ");
        assertThat(tooEarly.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(tooEarly.err()).contains("TimelockUnexpectedOperationState");
        assertThat(executed.out()).startsWith("executed, proposal 0x");
        assertThat(live.out()).contains("the gateway: published, document 0x");
        assertThat(none.out()).contains("no proposal is open");
        assertThat(all.out()).contains("state        executed");
    }

    @Test
    void severalChangesAreOneProposalWhoseCallsAVoterReads() throws Exception {
        Governed dao = dao();

        Ran proposed =
                with(
                        dao,
                        VOTER,
                        "propose",
                        EXAMPLES.resolve("domain.json").toString(),
                        "--delegate",
                        "tenant.example=0x00000000000000000000000000000000000000aa,3",
                        "--allow",
                        "0x" + "ab".repeat(32) + "=simulated,2027-01-01T00:00:00Z",
                        "--description",
                        "Three at once");
        Ran status = with(dao, "status");

        assertGood(proposed, status);
        assertThat(status.out())
                .contains(
                        "why          \"Three at once\"",
                        "GatewayPolicy.delegate(name: \"tenant.example\", controller: 0x",
                        "MeasurementRegistry.allow(measurement: 0xabab",
                        "app.example.org: added");
    }

    @Test
    void whoHasNoVotesIsToldSo() throws Exception {
        Governed dao = dao();
        assertGood(with(dao, VOTER, "propose", "--lift-freeze"));
        later();

        Ran voted = with(dao, STRANGER, "vote", "against");
        Ran proposing = with(dao, STRANGER, "propose", "--lift-freeze");

        assertThat(voted.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(voted.err()).startsWith("attestgate: votes of 0x").contains("delegates to him");
        assertThat(proposing.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(proposing.err()).contains("GovernorInsufficientProposerVotes");
    }

    @Test
    void whoPublishesWithoutTheRoleIsToldWhoHasIt() throws Exception {
        Governed dao = dao();

        Ran published = with(dao, VOTER, "publish", EXAMPLES.resolve("domain.json").toString());

        assertThat(published.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(published.err().lines()).hasSize(2);
        assertThat(published.err())
                .contains("NotController(name: \"app.example.org\"")
                .contains("role: none for " + DEPLOYER.address())
                .contains("governor, who is timelock " + dao.by().account())
                .contains("controller of app.example.org, who is nobody")
                .contains("attestgate policy propose --help");
    }

    @Test
    void withoutAProposalThereIsNothingToVoteOnAndWithTwoOneMustBeNamed() throws Exception {
        Governed dao = dao();

        Ran none = with(dao, VOTER, "vote", "for");
        assertGood(with(dao, VOTER, "propose", "--lift-freeze"));
        assertGood(with(dao, VOTER, "propose", "--renew-guardian"));
        Ran two = with(dao, VOTER, "vote", "for");
        Ran unknown = with(dao, VOTER, "vote", "for", "--proposal", "0x" + "00".repeat(32));

        assertThat(none.err()).contains("proposals: none open (expected: one)");
        assertThat(two.err()).contains("proposals: 2 open (expected: one, or --proposal with");
        assertThat(unknown.err()).startsWith("attestgate: --proposal: 0x0000");
    }

    @Test
    void aDocumentThatGatewaysRefuseIsNotProposed() throws Exception {
        Governed dao = dao();
        Path wide =
                java.nio.file.Files.writeString(folder.resolve("bad.json"), "{\"domain\": \"\"}");

        Ran proposed = with(dao, VOTER, "propose", wide.toString());
        Ran nothing = with(dao, VOTER, "propose");

        assertThat(proposed.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(proposed.err().lines()).allMatch(line -> line.startsWith("attestgate: $"));
        assertThat(nothing.err()).startsWith("attestgate: changes: none");
    }

    @Test
    void aSafeIsHandedWhatItIsToSend() throws Exception {
        Governed safe = deploy(new Authority.Timelocked(SAFE.address(), Duration.ofSeconds(7)));
        GovernedBy.Timelocked by = (GovernedBy.Timelocked) safe.by();

        Ran text = with(safe, "propose", "--withdraw", "old.example", "--safe");
        Ran json = with(safe, "propose", "--withdraw", "old.example", "--safe", "--json");
        Ran both = with(safe, VOTER, "propose", "--withdraw", "old.example", "--safe");
        Ran neither = with(safe, "propose", "--withdraw", "old.example");
        Ran vote = with(safe, VOTER, "vote", "for");
        Ran status = with(safe, "status");

        assertGood(text, json, status);
        assertThat(text.out())
                .contains("from " + SAFE.address() + ":", "after the timelock's delay, from anyone")
                .contains("to           " + by.timelock(), "value        0", "data         0x");
        assertThat(json.out())
                .contains("\"chainId\":\"31337\"", "\"contractMethod\":null", "\"version\":\"1.0\"")
                .contains("\"to\":\"" + by.timelock() + '"', "\"value\":\"0\"");
        assertThat(both.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(neither.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(vote.err()).contains("expected: an OpenZeppelin Governor");
        assertThat(status.out()).contains("its decisions are on this chain only once they are");
    }

    @Test
    void anotherChainAndAnotherContractAreRefusedByName() throws Exception {
        Governed dao = dao();

        Ran chain = with(dao, "status", "--chain-id", "1");
        Ran code =
                Ran.attestgate(
                        "policy",
                        "status",
                        "--rpc",
                        anvil.rpc().toString(),
                        "--contract",
                        dao.contracts().measurementRegistry().toString());
        Ran governor =
                with(dao, "status", "--governor", "0x00000000000000000000000000000000000000aa");

        assertThat(chain.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(chain.err()).contains("chain id: 31337 (expected: 1)");
        assertThat(code.err()).contains("a GatewayPolicy of this release");
        assertThat(governor.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(governor.err()).contains("0x00000000000000000000000000000000000000aa");
    }

    private static DevnetKey key(int number) {
        return DevnetKey.parse(Anvil.KEYS.get(number)).orElseThrow();
    }

    /** Votes count from the moment after they were delegated. */
    private Governed dao() throws GovernException, IOException, RpcException {
        Address token = VotesToken.deploy(access, DEPLOYER, BigInteger.valueOf(1000)).address();
        VotingTerms terms = new VotingTerms(STEP, STEP, Duration.ZERO, BigInteger.ONE, 4);
        Governed dao = deploy(new Authority.Votes(token, terms, Duration.ofSeconds(1), STEP));
        later();
        return dao;
    }

    private Governed deploy(Authority authority) throws GovernException, IOException {
        Plan plan = new Plan(authority, Optional.of(SAFE.address()), Pace.DEVNET);
        Governed governed = GovernanceDeployment.deploy(access, DEPLOYER, plan);
        anvil.finalise();
        return governed;
    }

    private void later() throws RpcException {
        try (JsonRpc rpc = JsonRpc.open(anvil.rpc())) {
            Json moved = rpc.call("evm_increaseTime", new Json.Int(STEP.toSeconds() + 1));
            Json mined = rpc.call("evm_mine");
            assertThat(List.of(moved, mined)).doesNotContainNull();
        }
    }

    private static void assertGood(Ran... all) {
        for (Ran ran : all) {
            assertThat(ran.err()).isEmpty();
            assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        }
    }

    private Ran with(Governed governed, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("policy"));
        boolean isKey = command.startsWith("0x");
        List<String> rest = new ArrayList<>(List.of(more));
        arguments.add(isKey ? rest.removeFirst() : command);
        arguments.addAll(rest);
        arguments.addAll(
                List.of(
                        "--rpc",
                        anvil.rpc().toString(),
                        "--contract",
                        governed.contracts().gatewayPolicy().toString()));
        if (isKey) {
            arguments.addAll(List.of("--key", command));
        }
        return Ran.attestgate(arguments.toArray(String[]::new));
    }
}
