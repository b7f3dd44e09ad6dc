package io.attestgate.govern;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import java.math.BigInteger;
import java.util.List;

/**
 * Votes to try governance with: the DemoVotes token, on a development chain.
 *
 * <p>As with every ERC20Votes, votes count from when their holder has delegated them.
 */
public final class VotesToken {
    private static final ContractArtifact TOKEN = ContractArtifact.load("DemoVotes");
    private static final long CREATE_GAS = 4_000_000;

    private final EndpointAccess rpc;
    private final Address token;

    /** The token at that address, which any ERC20Votes may be. */
    public VotesToken(EndpointAccess rpc, Address token) {
        this.rpc = rpc;
        this.token = token;
    }

    /** Makes a token whose whole supply the key's account holds, and delegates it to himself. */
    public static VotesToken deploy(EndpointAccess rpc, DevnetKey key, BigInteger supply)
            throws GovernException {
        try (Sender sender = Sender.open(rpc, key)) {
            AbiEncoder arguments = new AbiEncoder().address(key.address()).uint(supply);
            Receipt receipt =
                    sender.create(TOKEN, Call.of(TOKEN.bytecode(), arguments, CREATE_GAS));
            VotesToken made = new VotesToken(rpc, receipt.created().orElseThrow());
            made.delegate(key, key.address());
            return made;
        }
    }

    public Address address() {
        return token;
    }

    /** Lets {@code to} cast the votes of the key's account from the next moment on. */
    public Sent delegate(DevnetKey key, Address to) throws GovernException {
        return send(key, Call.of("delegate(address)", new AbiEncoder().address(to)));
    }

    /** Gives some of the key's account's votes away. */
    public Sent transfer(DevnetKey key, Address to, BigInteger votes) throws GovernException {
        AbiEncoder arguments = new AbiEncoder().address(to).uint(votes);
        return send(key, Call.of("transfer(address,uint256)", arguments));
    }

    private Sent send(DevnetKey key, Call call) throws GovernException {
        try (Sender sender = Sender.open(rpc, key)) {
            Receipt receipt = sender.call(List.of(TOKEN), token, call);
            return new Sent(receipt.transaction(), receipt.block());
        }
    }
}
