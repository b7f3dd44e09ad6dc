package io.attestgate.govern;

import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;

/** Every function of a gateway policy and of a measurement registry that changes something. */
final class PolicyCall {
    private PolicyCall() {}

    static Call publish(String name, byte[] document) {
        return Call.withDocument(
                "publish(string,bytes)", new AbiEncoder().string(name).bytes(document), document);
    }

    static Call withdraw(String name) {
        return Call.of("withdraw(string)", new AbiEncoder().string(name));
    }

    static Call clearTombstone(String name) {
        return Call.of("clearTombstone(string)", new AbiEncoder().string(name));
    }

    static Call delegate(String name, Address controller, int namesMax) {
        return Call.of(
                "delegate(string,address,uint32)",
                new AbiEncoder().string(name).address(controller).uint(namesMax));
    }

    static Call freeze(Instant until) {
        return Call.of("freeze(uint64)", new AbiEncoder().uint(until.getEpochSecond()));
    }

    static Call liftFreeze() {
        return Call.of("liftFreeze()", new AbiEncoder());
    }

    static Call halt(String name, Instant until) {
        return Call.of(
                "halt(string,uint64)", new AbiEncoder().string(name).uint(until.getEpochSecond()));
    }

    static Call lift(String name) {
        return Call.of("lift(string)", new AbiEncoder().string(name));
    }

    static Call proposeGovernor(Address pending) {
        return Call.of("proposeGovernor(address)", new AbiEncoder().address(pending));
    }

    static Call acceptGovernor() {
        return Call.of("acceptGovernor()", new AbiEncoder());
    }

    static Call setGuardian(Address guardian) {
        return Call.of("setGuardian(address)", new AbiEncoder().address(guardian));
    }

    static Call renewGuardian() {
        return Call.of("renewGuardian()", new AbiEncoder());
    }

    /** {@code function} is one of the four setters of the other contracts. */
    static Call setContract(String function, Address contract) {
        return Call.of(function + "(address)", new AbiEncoder().address(contract));
    }

    static Call allow(Hash32 measurement, String platform, Instant validUntil) {
        return Call.of(
                "allow(bytes32,string,uint64)",
                new AbiEncoder()
                        .bytes32(measurement)
                        .string(platform)
                        .uint(validUntil.getEpochSecond()));
    }

    static Call supersede(Hash32 older, Hash32 newer, Duration grace) {
        return Call.of(
                "supersede(bytes32,bytes32,uint64)",
                new AbiEncoder().bytes32(older).bytes32(newer).uint(grace.toSeconds()));
    }

    static Call revoke(Hash32 measurement) {
        return Call.of("revoke(bytes32)", new AbiEncoder().bytes32(measurement));
    }
}
