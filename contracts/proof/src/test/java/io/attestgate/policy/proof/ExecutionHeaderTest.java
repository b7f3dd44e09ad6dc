package io.attestgate.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.Anvil;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExecutionHeaderTest {
    private static final String MAINNET = "helios/tests/testdata/rpc/block.json";
    private static final String BY_NUMBER = "execution-apis/tests/eth_getBlockByNumber";

    @Test
    @RequiresPeer("vectors")
    void aBlockOfMainnetIsBelievedByItsHash() {
        Json block = ChainVectors.json(MAINNET);

        ExecutionHeader header = ExecutionHeader.ofJson(block).toOptional().orElseThrow();

        assertThat(header.number()).isEqualTo(21_925_176);
        assertThat(header.hash().toString()).isEqualTo(ChainVectors.text(block, "hash"));
        assertThat(header.stateRoot().toString()).isEqualTo(ChainVectors.text(block, "stateRoot"));
        assertThat(ExecutionHeader.ofJson(block, header.hash()).toOptional()).contains(header);
        assertThat(ExecutionHeader.ofJson(block, Hash32.ZERO).faults()).isNotEmpty();
    }

    @Test
    @RequiresPeer("vectors")
    void anyOtherFieldOfTheHeaderMakesAnotherHash() {
        Json.Obj block = ChainVectors.json(MAINNET);
        int mutations = 0;

        for (HeaderField field : HeaderField.values()) {
            if (block.get(field.member()).isPresent()) {
                String text = ChainVectors.text(block, field.member());
                char last = text.charAt(text.length() - 1);
                String other = text.substring(0, text.length() - 1) + (last == '1' ? '2' : '1');
                Map<String, Json> members = new HashMap<>(block.members());
                members.put(field.member(), new Json.Text(other));
                assertThat(ExecutionHeader.ofJson(new Json.Obj(members)).faults())
                        .as(field.member())
                        .isNotEmpty();
                members.remove(field.member());
                assertThat(ExecutionHeader.ofJson(new Json.Obj(members)).faults())
                        .as(field.member())
                        .isNotEmpty();
                mutations += 2;
            }
        }
        assertThat(mutations).isEqualTo(40);
    }

    @Test
    @RequiresPeer("vectors")
    void aBlockOfEveryForkOfExecutionApisIsBelieved() {
        List<String> forks = new ArrayList<>();
        for (Path file : ChainVectors.folder(BY_NUMBER)) {
            Json block = ChainVectors.result(BY_NUMBER + "/" + file.getFileName());
            if (block instanceof Json.Obj) {
                assertThat(ExecutionHeader.ofJson(block).toOptional())
                        .as(file.toString())
                        .map(header -> header.hash().toString())
                        .contains(ChainVectors.text(block, "hash"));
                forks.add(String.valueOf(file.getFileName()));
            }
        }
        assertThat(forks).hasSize(9);
    }

    @Test
    @RequiresPeer("vectors")
    void everyBlockOfTheChainNamesTheHeaderBeforeIt() {
        List<byte[]> headers = headersOfChain();

        assertThat(headers).hasSize(54);
        Map<Long, Hash32> hashes = new HashMap<>();
        for (byte[] rlp : headers) {
            ExecutionHeader header = ExecutionHeader.ofRlp(rlp).toOptional().orElseThrow();
            hashes.put(header.number(), header.hash());
            Hash32 parent = Hash32.of(Arrays.copyOfRange(rlp, 4, 36));
            assertThat(hashes.getOrDefault(header.number() - 1, parent)).isEqualTo(parent);
        }
        Json newest = ChainVectors.result(BY_NUMBER + "/get-latest.io");
        assertThat(String.valueOf(hashes.get(54L))).isEqualTo(ChainVectors.text(newest, "hash"));
    }

    @Test
    @RequiresPeer("vectors")
    void theFieldsOfEveryHeaderOfTheChainMakeItAgainFromJson() {
        for (byte[] rlp : headersOfChain()) {
            ExecutionHeader header = ExecutionHeader.ofRlp(rlp).toOptional().orElseThrow();
            assertThat(ExecutionHeader.ofJson(json(rlp)).toOptional()).contains(header);
        }
    }

    @Test
    @RequiresPeer("vectors")
    void aFieldThatALaterForkAddsIsNoPartOfAnEarlierHeader() {
        for (byte[] rlp : headersOfChain()) {
            Map<String, Json> members = new LinkedHashMap<>(json(rlp).members());
            Set<HeaderField> later =
                    Set.of(HeaderField.WITHDRAWALS_ROOT, HeaderField.REQUESTS_HASH);
            later.forEach(f -> members.putIfAbsent(f.member(), new Json.Text(Hash32.ZERO + "")));
            assertThat(ExecutionHeader.ofJson(new Json.Obj(members)).faults()).isEmpty();
        }
    }

    @Test
    void whatIsNoHeaderIsRefused() {
        assertThat(ExecutionHeader.ofJson(new Json.Null()).faults()).isNotEmpty();
        assertThat(ExecutionHeader.ofJson(Json.object()).faults()).isNotEmpty();
        assertThat(ExecutionHeader.ofJson(Json.object("hash", "0x1")).faults()).isNotEmpty();
        assertThat(ExecutionHeader.ofRlp(new byte[0]).faults()).isNotEmpty();
        assertThat(ExecutionHeader.ofRlp(Rlp.sequence(List.of())).faults()).isNotEmpty();
        assertThat(ExecutionHeader.ofRlp(new byte[HeaderRlp.SIZE_BYTES_MAX + 1]).faults())
                .isNotEmpty();
    }

    @Test
    @RequiresPeer("anvil")
    void anvilsOwnBlocksAreBelieved() throws Exception {
        try (Anvil anvil = Anvil.start();
                JsonRpc rpc = JsonRpc.open(anvil.rpc())) {
            rpc.call("anvil_mine", new Json.Text("0x3"));
            for (int number = 0; number <= 3; number++) {
                Json block =
                        rpc.call(
                                "eth_getBlockByNumber",
                                new Json.Text("0x" + number),
                                new Json.Bool(false));
                ExecutionHeader header = ExecutionHeader.ofJson(block).toOptional().orElseThrow();
                assertThat(header.number()).isEqualTo(number);
                assertThat(header.time()).isAfter(Instant.EPOCH);
            }
        }
    }

    /** Each block is a sequence of the header and more; they stand one after the other. */
    private static List<byte[]> headersOfChain() {
        byte[] chain = ChainVectors.bytes("execution-apis/tests/chain.rlp");
        List<byte[]> headers = new ArrayList<>();
        for (int at = 0; at < chain.length; ) {
            int lengthBytes = Byte.toUnsignedInt(chain[at]) - 0xf7;
            int length = 0;
            for (int i = 1; i <= lengthBytes; i++) {
                length = length << 8 | Byte.toUnsignedInt(chain[at + i]);
            }
            int end = at + 1 + lengthBytes + length;
            byte[] block = Arrays.copyOfRange(chain, at, end);
            RlpItem item = Rlp.decode(block, block.length).toOptional().orElseThrow();
            RlpItem header = ((RlpItem.Sequence) item).items().getFirst();
            headers.add(((RlpItem.Sequence) header).encoded());
            at = end;
        }
        return headers;
    }

    private static Json.Obj json(byte[] rlp) {
        RlpItem item = Rlp.decode(rlp, rlp.length).toOptional().orElseThrow();
        List<RlpItem> fields = ((RlpItem.Sequence) item).items();
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("hash", new Json.Text(Hex.write(Digests.keccak256(rlp))));
        for (int i = 0; i < fields.size(); i++) {
            String hex = Hex.write(((RlpItem.Bytes) fields.get(i)).value());
            HeaderField field = List.of(HeaderField.values()).get(i);
            boolean zero = hex.equals("0x") && field != HeaderField.EXTRA_DATA;
            members.put(field.member(), new Json.Text(zero ? "0x0" : hex));
        }
        return new Json.Obj(members);
    }
}
