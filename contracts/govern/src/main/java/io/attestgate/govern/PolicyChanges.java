package io.attestgate.govern;

import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;

/**
 * What a governor may decide about one gateway policy and its measurement registry, as calls for a
 * proposal or for a Safe to sign. Nothing is sent.
 *
 * @param policy the gateway policy
 * @param registry the measurement registry
 */
public record PolicyChanges(Address policy, Address registry) {

    /**
     * Stores a document and makes it that of {@code name}; {@code ""} is the gateway as a whole.
     */
    public ProposedCall publish(String name, byte[] document) {
        return policy(PolicyCall.publish(name, document));
    }

    /** Takes the document of {@code name} away and leaves a tombstone. */
    public ProposedCall withdraw(String name) {
        return policy(PolicyCall.withdraw(name));
    }

    /** Lets wildcards serve a withdrawn name again. */
    public ProposedCall clearTombstone(String name) {
        return policy(PolicyCall.clearTombstone(name));
    }

    /** Makes {@code controller} the controller of {@code name} and all below. */
    public ProposedCall delegate(String name, Address controller, int namesMax) {
        return policy(PolicyCall.delegate(name, controller, namesMax));
    }

    /** Ends the delegation of {@code name}. */
    public ProposedCall endDelegation(String name) {
        return policy(PolicyCall.delegate(name, Address.ZERO, 0));
    }

    /** Ends the freeze. */
    public ProposedCall liftFreeze() {
        return policy(PolicyCall.liftFreeze());
    }

    /** Ends the halt of {@code name}. */
    public ProposedCall lift(String name) {
        return policy(PolicyCall.lift(name));
    }

    /**
     * Lets {@code pending} take the governor's place of a contract by accepting; zero takes that
     * back.
     *
     * @param contract the policy or a registry; each has its own roles
     */
    public ProposedCall proposeGovernor(Address contract, Address pending) {
        return new ProposedCall(contract, PolicyCall.proposeGovernor(pending).data());
    }

    /** Takes the governor's place that was offered, of the policy or a registry. */
    public ProposedCall acceptGovernor(Address contract) {
        return new ProposedCall(contract, PolicyCall.acceptGovernor().data());
    }

    /** Replaces the guardian of the policy or a registry, for 180 days; zero leaves none. */
    public ProposedCall setGuardian(Address contract, Address guardian) {
        return new ProposedCall(contract, PolicyCall.setGuardian(guardian).data());
    }

    /** Lets the guardian of the policy or a registry serve 180 days from the execution on. */
    public ProposedCall renewGuardian(Address contract) {
        return new ProposedCall(contract, PolicyCall.renewGuardian().data());
    }

    /** Names another registry of measurements. */
    public ProposedCall setMeasurementRegistry(Address contract) {
        return policy(PolicyCall.setContract("setMeasurementRegistry", contract));
    }

    /** Names another registry of enclaves. */
    public ProposedCall setEnclaveRegistry(Address contract) {
        return policy(PolicyCall.setContract("setEnclaveRegistry", contract));
    }

    /** Names another contract in which nonces are seen. */
    public ProposedCall setHeartbeat(Address contract) {
        return policy(PolicyCall.setContract("setHeartbeat", contract));
    }

    /** Names the contract that follows the policy. */
    public ProposedCall setSuccessor(Address contract) {
        return policy(PolicyCall.setContract("setSuccessor", contract));
    }

    /** Trusts a measurement until then, at most two years after the execution. */
    public ProposedCall allow(Hash32 measurement, String platform, Instant validUntil) {
        return registry(PolicyCall.allow(measurement, platform, validUntil));
    }

    /** Lets {@code newer} take the place of {@code older} after the grace, at most 90 days. */
    public ProposedCall supersede(Hash32 older, Hash32 newer, Duration grace) {
        return registry(PolicyCall.supersede(older, newer, grace));
    }

    /** Trusts a measurement never again. */
    public ProposedCall revoke(Hash32 measurement) {
        return registry(PolicyCall.revoke(measurement));
    }

    private ProposedCall policy(Call call) {
        return new ProposedCall(policy, call.data());
    }

    private ProposedCall registry(Call call) {
        return new ProposedCall(registry, call.data());
    }
}
