package io.attestgate.govern;

import io.attestgate.wire.Address;
import java.math.BigInteger;
import org.web3j.crypto.ContractUtils;

/** Where a contract comes to lie that an account makes by a transaction (CREATE). */
final class CreatedAddress {
    private CreatedAddress() {}

    /**
     * The last 20 bytes of keccak256(rlp([deployer, nonce])): Yellow Paper, equation of contract
     * creation.
     *
     * @param nonce of the transaction that makes it
     */
    static Address of(Address deployer, BigInteger nonce) {
        String address = ContractUtils.generateContractAddress(deployer.toString(), nonce);
        return Address.parse(address).orElseThrow();
    }
}
