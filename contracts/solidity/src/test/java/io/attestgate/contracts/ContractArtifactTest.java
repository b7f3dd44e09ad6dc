package io.attestgate.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.attestgate.wire.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds still what readers of raw slots rely on. */
final class ContractArtifactTest {
    private final ContractArtifact policy = ContractArtifact.load("GatewayPolicy");

    /**
     * Contract, struct or nothing, variable, slot, first byte. A layout that moves moves every
     * reader of raw slots, and is another release.
     */
    @ParameterizedTest
    @CsvSource(
            value = {
                "GatewayPolicy,,governor,0,0",
                "GatewayPolicy,,pendingGovernor,1,0",
                "GatewayPolicy,,guardian,2,0",
                "GatewayPolicy,,guardianTermEnd,2,20",
                "GatewayPolicy,,epoch,3,0",
                "GatewayPolicy,,head,4,0",
                "GatewayPolicy,,headAt,5,0",
                "GatewayPolicy,,_stored,6,0",
                "GatewayPolicy,,measurementRegistry,7,0",
                "GatewayPolicy,,enclaveRegistry,8,0",
                "GatewayPolicy,,heartbeat,9,0",
                "GatewayPolicy,,successor,10,0",
                "GatewayPolicy,,freezing,11,0",
                "GatewayPolicy,,_names,12,0",
                "GatewayPolicy,,_entries,13,0",
                "GatewayPolicy,,_charged,14,0",
                "GatewayPolicy,,_guardianNames,15,0",
                "GatewayPolicy,Entry,documentHash,0,0",
                "GatewayPolicy,Entry,document,1,0",
                "GatewayPolicy,Entry,documentLength,1,20",
                "GatewayPolicy,Entry,status,1,24",
                "GatewayPolicy,Entry,controller,2,0",
                "GatewayPolicy,Entry,namesMax,2,20",
                "GatewayPolicy,Entry,namesUsed,2,24",
                "GatewayPolicy,Entry,delegation,2,28",
                "GatewayPolicy,Entry,halt,3,0",
                "GatewayPolicy,Reduction,start,0,0",
                "GatewayPolicy,Reduction,until,0,8",
                "GatewayPolicy,Reduction,lifted,0,16",
                "GatewayPolicy,Reduction,number,0,24",
                "MeasurementRegistry,,governor,0,0",
                "MeasurementRegistry,,pendingGovernor,1,0",
                "MeasurementRegistry,,guardian,2,0",
                "MeasurementRegistry,,guardianTermEnd,2,20",
                "MeasurementRegistry,,_entries,3,0",
                "MeasurementRegistry,Entry,platform,0,0",
                "MeasurementRegistry,Entry,allowedAt,1,0",
                "MeasurementRegistry,Entry,validUntil,1,8",
                "MeasurementRegistry,Entry,revokedAt,1,16",
                "MeasurementRegistry,Entry,supersededBy,2,0"
            })
    void everyVariableLiesWhereReadersOfRawSlotsExpectIt(
            String contract, @Nullable String struct, String label, long slot, int offsetBytes) {
        ContractArtifact artifact = ContractArtifact.load(contract);
        StorageSlot found = struct == null ? artifact.slot(label) : artifact.member(struct, label);
        assertThat(found.number()).isEqualTo(slot);
        assertThat(found.offsetBytes()).isEqualTo(offsetBytes);
    }

    @Test
    void theBlocksOfNoncesAreTheFirstVariableOfTheHeartbeat() {
        ContractArtifact heartbeat = ContractArtifact.load("Heartbeat");
        assertThat(heartbeat.slot("blockOf"))
                .isEqualTo(new StorageSlot(0, 0, "t_mapping(t_bytes32,t_uint64)"));
    }

    @Test
    void anEnclaveTakesItsMeasurementAndOneSlotMore() {
        ContractArtifact registry = ContractArtifact.load("EnclaveRegistry");
        assertThat(registry.slot("measurementRegistry").number()).isEqualTo(3);
        assertThat(registry.slot("_enclaves").number()).isEqualTo(5);
        assertThat(registry.member("Enclave", "measurement").number()).isZero();
        assertThat(registry.member("Enclave", "measurements").number()).isOne();
        assertThat(registry.member("Enclave", "revoked"))
                .isEqualTo(new StorageSlot(1, 31, "t_bool"));
    }

    @Test
    void whatNobodyChangesLiesInNamedSlotsToo() {
        assertThat(ContractArtifact.load("SignedResults").slot("policy").number()).isZero();
        ContractArtifact adapter = ContractArtifact.load("DcapVerifierAdapter");
        assertThat(adapter.slot("dcapVerifier").number()).isZero();
        assertThat(adapter.slot("acceptedTcb").offsetBytes()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GatewayPolicy",
                "MeasurementRegistry",
                "Heartbeat",
                "EnclaveRegistry",
                "AttesterVerifier",
                "DcapVerifierAdapter",
                "SignedResults",
                "PolicyGovernor",
                "PolicyTimelock",
                "DemoVotes"
            })
    void deployedCodeFitsTheLimitOfEip170(String name) {
        assertThat(ContractArtifact.load(name).deployedBytecode()).hasSizeBetween(1, 24_576 - 1);
    }

    @Test
    void theInitCodeContainsTheDeployedCode() {
        assertThat(policy.bytecode()).hasSizeGreaterThan(policy.deployedBytecode().length);
    }

    @Test
    void theAbiNamesFunctionsEventsAndErrors() {
        assertThat(policy.abi().elements())
                .map(described -> ((Json.Obj) described).get("type").orElseThrow())
                .contains(
                        new Json.Text("function"), new Json.Text("event"), new Json.Text("error"));
    }

    /** PolicyLife.sol calls each of these; a new one belongs there, too. */
    @Test
    void theFunctionsThatChangeThePolicyAreThoseThatItsPropertiesCall() {
        assertThat(policy.abi().elements())
                .map(Json.Obj.class::cast)
                .filteredOn(one -> one.get("type").equals(Optional.of(new Json.Text("function"))))
                .filteredOn(
                        one ->
                                !one.get("stateMutability")
                                        .equals(Optional.of(new Json.Text("view"))))
                .map(one -> ((Json.Text) one.get("name").orElseThrow()).value())
                .containsExactlyInAnyOrder(
                        "acceptGovernor",
                        "clearTombstone",
                        "delegate",
                        "freeze",
                        "halt",
                        "lift",
                        "liftFreeze",
                        "proposeGovernor",
                        "publish",
                        "renewGuardian",
                        "setEnclaveRegistry",
                        "setGuardian",
                        "setHeartbeat",
                        "setMeasurementRegistry",
                        "setSuccessor",
                        "store",
                        "withdraw");
    }

    @Test
    void anErrorMeansWhatTheSourceSays() {
        assertThat(policy.meaningOfError("NotGovernor(address)"))
                .hasValue("The caller is not the governor.");
        assertThat(policy.meaningOfError("NotGovernor(bool)")).isEmpty();
    }

    @Test
    void anUnknownNameIsOurBug() {
        assertThatIllegalArgumentException().isThrownBy(() -> policy.slot("owner"));
        assertThatIllegalArgumentException().isThrownBy(() -> ContractArtifact.load("Nothing"));
    }
}
