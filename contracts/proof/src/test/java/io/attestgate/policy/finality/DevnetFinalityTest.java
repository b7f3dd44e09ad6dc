package io.attestgate.policy.finality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.proof.TestHeaders;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.wire.Json;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One endpoint is believed about finality, and about nothing that a hash can prove. */
final class DevnetFinalityTest {
    private final ToldChain chain = ToldChain.openPlain("only");
    private final DevnetFinality finality =
            new DevnetFinality(ToldChain.CHAIN_ID, JsonRpc.open(chain.server().uri()));

    DevnetFinalityTest() throws IOException {}

    @AfterEach
    void close() {
        finality.close();
        chain.close();
    }

    @Test
    void itsFinalisedBlockIsFinalAndItsLatestIsEarly() throws Exception {
        assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(100));
        assertThat(finality.early()).contains(ToldChain.honest(110));
        chain.latest = 100;
        assertThat(finality.early()).isEmpty();
    }

    @Test
    void anOlderBlockAnotherOfItsNumberAndAnotherChainAreRefusedEachByItsName() throws Exception {
        finality.newest();

        chain.finalised = 99;
        assertThat(refusal()).isEqualTo(Failure.OLDER_BLOCK);
        chain.finalised = 100;
        chain.forkedFrom = 100;
        assertThat(refusal()).isEqualTo(Failure.FORKED_HEAD);
        chain.forkedFrom = Long.MAX_VALUE;
        chain.chainId = 1;
        assertThat(refusal()).isEqualTo(Failure.WRONG_CHAIN);
        chain.chainId = ToldChain.CHAIN_ID;
        assertThat(finality.newest().header()).isEqualTo(ToldChain.honest(100));
    }

    @Test
    void whatIsNoBlockAndWhatIsAnotherThanItsHashAreRefused() {
        chain.blocks = block -> new Json.Null();
        assertThat(refusal()).isEqualTo(Failure.MALFORMED_ANSWER);
        chain.blocks = block -> TestHeaders.with(block, "number", "0x70");
        assertThat(refusal()).isEqualTo(Failure.WRONG_HEADER);
    }

    private Failure refusal() {
        return catchThrowableOfType(PolicyReadException.class, finality::newest).failure();
    }
}
