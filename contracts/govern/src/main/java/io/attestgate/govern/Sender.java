package io.attestgate.govern;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.govern.GovernException.Cause;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.web3j.crypto.RawTransaction;

/**
 * Sends transactions of one key to one chain and waits for their blocks.
 *
 * <p>Each is tried first on the newest state, so that a refusal is told in the contract's words and
 * costs nothing. One owner, one thread, one try-with-resources.
 */
final class Sender implements AutoCloseable {
    /** A public chain mines within minutes what pays twice the base fee. */
    private static final Duration MINED_WAIT_MAX = Duration.ofMinutes(3);

    private static final long POLL_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final BigInteger TIP_WEI = BigInteger.valueOf(1_000_000_000);

    private final Endpoint rpc;
    private final long chainId;
    private final DevnetKey key;

    private Sender(Endpoint rpc, long chainId, DevnetKey key) {
        this.rpc = rpc;
        this.chainId = chainId;
        this.key = key;
    }

    /** Opens one for whatever chain the endpoint speaks for. */
    static Sender open(EndpointAccess endpoint, DevnetKey key) throws GovernException {
        Endpoint rpc = new Endpoint(endpoint);
        try {
            return new Sender(rpc, rpc.quantity("eth_chainId").longValueExact(), key);
        } catch (GovernException e) {
            rpc.close();
            throw e;
        }
    }

    /** Opens one for the chain of that id and no other. */
    static Sender open(EndpointAccess endpoint, long chainId, DevnetKey key)
            throws GovernException {
        Sender sender = open(endpoint, key);
        if (sender.chainId != chainId) {
            sender.close();
            throw new GovernException(
                    Cause.WRONG_CHAIN,
                    "chain id: %d (expected: %d)".formatted(sender.chainId, chainId));
        }
        return sender;
    }

    long chainId() {
        return chainId;
    }

    DevnetKey key() {
        return key;
    }

    /** The number of the key's next transaction. */
    BigInteger nonce() throws GovernException {
        return rpc.quantity("eth_getTransactionCount", key.address().toString(), "pending");
    }

    /** The functions of the contract at {@code at}, to look at. */
    ContractView view(Address at) {
        return new ContractView(rpc, at);
    }

    /** Gives the hash of the code at an address, which must be that contract's of this release. */
    Hash32 requireCode(ContractArtifact contract, Address at) throws GovernException {
        byte[] code = rpc.bytes("eth_getCode", at.toString(), "latest");
        Hash32 codeHash = Hash32.of(Digests.keccak256(code));
        if (!codeHash.equals(contract.codeHash())) {
            throw new GovernException(
                    Cause.WRONG_CODE,
                    "%s: %s (expected: code of hash %s)"
                            .formatted(
                                    at,
                                    code.length == 0 ? "no code" : "code of hash " + codeHash,
                                    contract.codeHash()));
        }
        return codeHash;
    }

    /** Makes the contract that {@code init} returns the code of. */
    Receipt create(ContractArtifact contract, Call init) throws GovernException {
        return send(List.of(contract), Optional.empty(), init);
    }

    /** Calls a function of the contract at {@code to}. */
    Receipt call(ContractArtifact contract, Address to, Call call) throws GovernException {
        return call(List.of(contract), to, call);
    }

    /** Calls a function that calls on: {@code known} are the contracts whose errors may come. */
    Receipt call(List<ContractArtifact> known, Address to, Call call) throws GovernException {
        return send(known, Optional.of(to), call);
    }

    private Receipt send(List<ContractArtifact> known, Optional<Address> to, Call call)
            throws GovernException {
        BigInteger feeMax = rpc.quantity("eth_gasPrice").shiftLeft(1).add(TIP_WEI);
        requireFunds(feeMax.multiply(BigInteger.valueOf(call.gas())));
        rehearse(known, to, call);
        RawTransaction transaction =
                RawTransaction.createTransaction(
                        chainId,
                        nonce(),
                        BigInteger.valueOf(call.gas()),
                        to.map(Address::toString).orElse(""),
                        BigInteger.ZERO,
                        call.data(),
                        TIP_WEI,
                        feeMax);
        String raw = Hex.write(key.sign(transaction));
        Hash32 hash = Hash32.of(rpc.bytes("eth_sendRawTransaction", raw));
        return succeeded(hash, awaitReceipt(hash));
    }

    private void requireFunds(BigInteger needed) throws GovernException {
        BigInteger balance = rpc.quantity("eth_getBalance", key.address().toString(), "latest");
        if (balance.compareTo(needed) < 0) {
            throw new GovernException(
                    Cause.UNDERFUNDED,
                    "balance of %s: %s wei (expected: at least %s)"
                            .formatted(key.address(), balance, needed));
        }
    }

    private void rehearse(List<ContractArtifact> known, Optional<Address> to, Call call)
            throws GovernException {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("from", new Json.Text(key.address().toString()));
        to.ifPresent(address -> members.put("to", new Json.Text(address.toString())));
        members.put("data", new Json.Text(call.data()));
        members.put("gas", new Json.Text("0x" + Long.toHexString(call.gas())));
        Optional<Revert> revert = rpc.rehearse(known, new Json.Obj(members));
        if (revert.isPresent()) {
            throw GovernException.refused(revert.get());
        }
    }

    private Json.Obj awaitReceipt(Hash32 transaction) throws GovernException {
        long deadline = System.nanoTime() + MINED_WAIT_MAX.toNanos();
        do {
            Json receipt = rpc.call("eth_getTransactionReceipt", transaction.toString());
            if (receipt instanceof Json.Obj mined) {
                return mined;
            }
            LockSupport.parkNanos(POLL_PAUSE_NANOS);
        } while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted());
        throw new GovernException(
                Cause.NOT_MINED,
                "transaction %s: in no block after %s".formatted(transaction, MINED_WAIT_MAX));
    }

    private Receipt succeeded(Hash32 transaction, Json.Obj receipt) throws GovernException {
        BigInteger status = rpc.quantityOf("status", member(receipt, "status"));
        if (status.signum() == 0) {
            throw new GovernException(
                    Cause.REFUSED,
                    "transaction %s: reverted (expected: what the rehearsal showed)"
                            .formatted(transaction));
        }
        long block = rpc.quantityOf("blockNumber", member(receipt, "blockNumber")).longValueExact();
        Optional<Address> created =
                Endpoint.text(receipt, "contractAddress").flatMap(Address::parse);
        List<Json> logs =
                member(receipt, "logs") instanceof Json.Arr arr ? arr.elements() : List.of();
        return new Receipt(transaction, block, created, logs);
    }

    private static Json member(Json.Obj object, String name) {
        return object.get(name).orElse(new Json.Null());
    }

    @Override
    public void close() {
        rpc.close();
    }
}
