package io.attestgate.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.attestgate.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds still what readers of raw slots rely on. */
final class ContractArtifactTest {
    private final ContractArtifact policy = ContractArtifact.load("GatewayPolicy");

    @Test
    void theRolesAndTheHeadLieInNamedSlots() {
        assertThat(policy.slot("governor")).isEqualTo(new StorageSlot(0, 0, "t_address"));
        assertThat(policy.slot("guardianTermEnd")).isEqualTo(new StorageSlot(2, 20, "t_uint64"));
        assertThat(policy.slot("epoch")).isEqualTo(new StorageSlot(3, 0, "t_uint64"));
        assertThat(policy.slot("head")).isEqualTo(new StorageSlot(4, 0, "t_bytes32"));
    }

    @Test
    void anEntryTakesFourSlotsAndEndsWithItsHalt() {
        assertThat(policy.member("Entry", "documentHash").number()).isZero();
        assertThat(policy.member("Entry", "status").offsetBytes()).isEqualTo(24);
        assertThat(policy.member("Entry", "controller").number()).isEqualTo(2);
        assertThat(policy.member("Entry", "halt").number()).isEqualTo(3);
        assertThat(policy.member("Reduction", "number").offsetBytes()).isEqualTo(24);
    }

    @Test
    void aMeasurementTakesThreeSlotsBehindTheRoles() {
        ContractArtifact registry = ContractArtifact.load("MeasurementRegistry");
        assertThat(registry.slot("governor").number()).isZero();
        assertThat(registry.slot("_entries").number()).isEqualTo(3);
        assertThat(registry.member("Entry", "platform").number()).isZero();
        assertThat(registry.member("Entry", "allowedAt"))
                .isEqualTo(new StorageSlot(1, 0, "t_uint64"));
        assertThat(registry.member("Entry", "validUntil").offsetBytes()).isEqualTo(8);
        assertThat(registry.member("Entry", "revokedAt").offsetBytes()).isEqualTo(16);
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
