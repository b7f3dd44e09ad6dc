package io.attestgate.policy.read;

/** The contracts that the policy names and that a gateway reads, each in a slot of its own. */
public enum NamedContract {
    /** Where measurements are trusted. */
    MEASUREMENT_REGISTRY("MeasurementRegistry", "measurementRegistry"),
    /** Where nonces are seen. */
    HEARTBEAT("Heartbeat", "heartbeat");

    private final String artifact;
    private final String variable;

    NamedContract(String artifact, String variable) {
        this.artifact = artifact;
        this.variable = variable;
    }

    /** The name of its artifact. */
    public String artifact() {
        return artifact;
    }

    /** The variable of GatewayPolicy that holds its address. */
    public String variable() {
        return variable;
    }
}
