package io.attestgate.policy.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** No list that the contract allows is refused by its readers. */
@RequiresPeer("anvil")
final class NamesLimitTest {
    @Test
    void theContractListsAsManyNamesAsAReaderReads() throws Exception {
        byte[] hash = Digests.keccak256("NAMES_MAX()".getBytes(StandardCharsets.US_ASCII));
        try (PolicyOnAnvil policy = PolicyOnAnvil.deploy()) {
            Json.Obj call =
                    Json.object(
                            "to",
                            policy.pinned().contract().toString(),
                            "data",
                            Hex.write(Arrays.copyOf(hash, 4)));
            Json answer = policy.rpc().call("eth_call", call, new Json.Text("latest"));
            assertThat(new BigInteger(((Json.Text) answer).value().substring(2), 16))
                    .isEqualTo(BigInteger.valueOf(Progress.NAMES_MAX));
        }
    }
}
