package io.attestgate.policy.read;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.peer.Anvil;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A GatewayPolicy on a real anvil, governed by its first account and guarded by its second. What is
 * changed is finalised when a method returns.
 */
final class PolicyOnAnvil implements AutoCloseable {
    static final String GOVERNOR = Anvil.ADDRESSES.get(0);
    static final String GUARDIAN = Anvil.ADDRESSES.get(1);
    private static final int RECEIPT_CALLS_MAX = 10_000;
    private static final long GAS = 20_000_000;

    private final Anvil anvil;
    private final JsonRpc rpc;
    private final Address contract;

    private PolicyOnAnvil(Anvil anvil, JsonRpc rpc, Address contract) {
        this.anvil = anvil;
        this.rpc = rpc;
        this.contract = contract;
    }

    static PolicyOnAnvil deploy() throws IOException, RpcException {
        Anvil anvil = Anvil.start();
        JsonRpc rpc = JsonRpc.open(anvil.rpc());
        byte[] arguments =
                new AbiEncoder()
                        .address(address(GOVERNOR))
                        .address(address(GUARDIAN))
                        .address(Address.ZERO)
                        .address(Address.ZERO)
                        .address(Address.ZERO)
                        .encode();
        Address contract = deploy(rpc, "GatewayPolicy", arguments);
        PolicyOnAnvil deployed = new PolicyOnAnvil(anvil, rpc, contract);
        deployed.mine(2);
        return deployed;
    }

    Anvil anvil() {
        return anvil;
    }

    PinnedContract pinned() {
        return new PinnedContract(
                Anvil.CHAIN_ID, contract, ContractArtifact.load("GatewayPolicy").codeHash());
    }

    void publish(String name, byte[] document) throws RpcException {
        publishUnfinalised(name, document);
        mine(2);
    }

    void publishUnfinalised(String name, byte[] document) throws RpcException {
        transact(GOVERNOR, "publish(string,bytes)", new AbiEncoder().string(name).bytes(document));
    }

    void withdraw(String name) throws RpcException {
        change(GOVERNOR, "withdraw(string)", new AbiEncoder().string(name));
    }

    void delegate(String name, String controller) throws RpcException {
        change(
                GOVERNOR,
                "delegate(string,address,uint32)",
                new AbiEncoder().string(name).address(address(controller)).uint(7));
    }

    void halt(String name, long until) throws RpcException {
        change(GUARDIAN, "halt(string,uint64)", new AbiEncoder().string(name).uint(until));
    }

    void haltUnfinalised(String name, long until) throws RpcException {
        transact(GUARDIAN, "halt(string,uint64)", new AbiEncoder().string(name).uint(until));
    }

    void lift(String name) throws RpcException {
        change(GOVERNOR, "lift(string)", new AbiEncoder().string(name));
    }

    void mine(int blocks) throws RpcException {
        rpc.call("anvil_mine", new Json.Text("0x" + Integer.toHexString(blocks)));
    }

    JsonRpc rpc() {
        return rpc;
    }

    @Override
    public void close() {
        rpc.close();
        anvil.close();
    }

    /** Deploys another contract, governed by the same. */
    Address deploy(String contractName, AbiEncoder arguments) throws RpcException {
        return deploy(rpc, contractName, arguments.encode());
    }

    /** Calls a function of the policy, such as {@code setHeartbeat(address)}, as the governor. */
    void name(String signature, Address dependency) throws RpcException {
        change(GOVERNOR, signature, new AbiEncoder().address(dependency));
    }

    /** Calls a function of any contract as the governor. */
    void call(Address to, String signature, AbiEncoder arguments) throws RpcException {
        transact(GOVERNOR, to, signature, arguments);
        mine(2);
    }

    private static Address deploy(JsonRpc rpc, String contractName, byte[] arguments)
            throws RpcException {
        byte[] code = ContractArtifact.load(contractName).bytecode();
        Json.Obj receipt =
                send(rpc, GOVERNOR, Json.object("data", Hex.write(concat(code, arguments))));
        return address(text(receipt, "contractAddress"));
    }

    private void change(String from, String signature, AbiEncoder arguments) throws RpcException {
        transact(from, signature, arguments);
        mine(2);
    }

    private void transact(String from, String signature, AbiEncoder arguments) throws RpcException {
        transact(from, contract, signature, arguments);
    }

    private void transact(String from, Address to, String signature, AbiEncoder arguments)
            throws RpcException {
        byte[] selector =
                Arrays.copyOf(Digests.keccak256(signature.getBytes(StandardCharsets.US_ASCII)), 4);
        send(
                rpc,
                from,
                Json.object(
                        "to",
                        to.toString(),
                        "data",
                        Hex.write(concat(selector, arguments.encode()))));
    }

    private static Json.Obj send(JsonRpc rpc, String from, Json.Obj transaction)
            throws RpcException {
        Map<String, Json> members = new HashMap<>(transaction.members());
        members.put("from", new Json.Text(from));
        members.put("gas", new Json.Text("0x" + Long.toHexString(GAS)));
        Json hash = rpc.call("eth_sendTransaction", new Json.Obj(members));
        Json.Obj receipt = receipt(rpc, hash);
        if (!text(receipt, "status").equals("0x1")) {
            throw new AssertionError("transaction: " + receipt);
        }
        return receipt;
    }

    /** Anvil mines at once, but not before it answers. */
    private static Json.Obj receipt(JsonRpc rpc, Json hash) throws RpcException {
        for (int i = 0; i < RECEIPT_CALLS_MAX; i++) {
            if (rpc.call("eth_getTransactionReceipt", hash) instanceof Json.Obj receipt) {
                return receipt;
            }
        }
        throw new AssertionError("transaction: never mined");
    }

    private static String text(Json.Obj object, String member) {
        return ((Json.Text) object.get(member).orElseThrow()).value();
    }

    private static Address address(String hex) {
        return Address.parse(hex).orElseThrow();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }
}
