package io.attestgate.govern;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProposalLogTest {
    private static final Address POLICY =
            Address.parse("0x00000000000000000000000000000000000000aa").orElseThrow();
    private static final Proposal PROPOSAL =
            new Proposal(
                    List.of(
                            new PolicyChanges(POLICY, POLICY).withdraw("app.example"),
                            new PolicyChanges(POLICY, POLICY).liftFreeze()),
                    "Why – because");

    @Test
    void whatHashesToItsIdIsAProposal() {
        assertThat(ProposalLog.read(log(PROPOSAL.id(), BigInteger.ZERO), 7))
                .hasValue(new FoundProposal(PROPOSAL.id(), PROPOSAL, POLICY, 7));
    }

    @Test
    void anotherIdIsNone() {
        assertThat(ProposalLog.read(log(Hash32.ZERO, BigInteger.ZERO), 7)).isEmpty();
    }

    @Test
    void aProposalThatSendsEtherIsNone() {
        assertThat(ProposalLog.read(log(PROPOSAL.id(), BigInteger.ONE), 7)).isEmpty();
    }

    @Test
    void aCutLogIsNone() {
        byte[] whole = log(PROPOSAL.id(), BigInteger.ZERO);
        for (int length = 0; length < whole.length - 32; length += 31) {
            assertThat(ProposalLog.read(java.util.Arrays.copyOf(whole, length), 7)).isEmpty();
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anyDataIsAProposalOfItsIdOrNone(byte[] data) {
        ProposalLog.read(data, 7)
                .ifPresent(found -> assertThat(found.proposal().id()).isEqualTo(found.id()));
    }

    private static byte[] log(Hash32 id, BigInteger value) {
        List<ProposedCall> calls = PROPOSAL.calls();
        return new AbiEncoder()
                .bytes32(id)
                .address(POLICY)
                .addresses(calls.stream().map(ProposedCall::target).toList())
                .uints(Collections.nCopies(calls.size(), value))
                .byteStrings(Collections.nCopies(calls.size(), new byte[0]))
                .byteStrings(
                        calls.stream().map(call -> Hex.parse(call.data()).orElseThrow()).toList())
                .uint(1)
                .uint(2)
                .string(PROPOSAL.description())
                .encode();
    }
}
