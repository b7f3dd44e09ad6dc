package io.attestgate.contracts;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * One contract as the compiler made it: the code that is deployed and its hash, the ABI, and where
 * its variables lie.
 *
 * <p>The artifacts are our own resources, so one that is absent or malformed is a bug.
 */
public final class ContractArtifact {
    /** Ten times the largest artifact. */
    private static final int SIZE_BYTES_MAX = 1 << 20;

    private final String name;
    private final Json.Obj artifact;

    private ContractArtifact(String name, Json.Obj artifact) {
        this.name = name;
        this.artifact = artifact;
    }

    /** Reads the artifact of the contract of that name, such as {@code GatewayPolicy}. */
    public static ContractArtifact load(String name) {
        Parsed<Json> json = JsonReader.parse(resource(name + ".json"), SIZE_BYTES_MAX);
        if (json.toOptional().orElse(null) instanceof Json.Obj artifact) {
            return new ContractArtifact(name, artifact);
        }
        throw new AssertionError("artifact of %s: %s".formatted(name, json.faults()));
    }

    private static byte[] resource(String file) {
        try (InputStream in = ContractArtifact.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "contract: \"%s\" (expected: one with an artifact)".formatted(file));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The init code, to which the encoded constructor arguments are appended. */
    public byte[] bytecode() {
        return code("bytecode");
    }

    /** The code at the deployed contract's address. */
    public byte[] deployedBytecode() {
        return code("deployedBytecode");
    }

    /** keccak256 of the deployed code: the same for every deployment of one release. */
    public Hash32 codeHash() {
        return Hash32.of(Digests.keccak256(deployedBytecode()));
    }

    /** The functions, events and errors, as solc describes them. */
    public Json.Arr abi() {
        return (Json.Arr) member(artifact, "abi");
    }

    /**
     * What an error of that signature, such as {@code NotGovernor(address)}, means, in the words of
     * the source; empty where the source says nothing.
     */
    public Optional<String> meaningOfError(String signature) {
        return artifact.get("userdoc")
                .flatMap(userdoc -> ((Json.Obj) userdoc).get("errors"))
                .flatMap(errors -> ((Json.Obj) errors).get(signature))
                .map(notices -> text((Json.Obj) ((Json.Arr) notices).elements().get(0), "notice"));
    }

    /** Where the variable of that name lies. */
    public StorageSlot slot(String label) {
        Json.Obj layout = (Json.Obj) member(artifact, "storageLayout");
        return find(member(layout, "storage"), label);
    }

    /** Where a member of the struct of that name lies, counted from the struct's own slot. */
    public StorageSlot member(String struct, String label) {
        Json.Obj layout = (Json.Obj) member(artifact, "storageLayout");
        Json.Obj types = (Json.Obj) member(layout, "types");
        Json.Obj type = (Json.Obj) member(types, "t_struct(%s)_storage".formatted(struct));
        return find(member(type, "members"), label);
    }

    private byte[] code(String member) {
        return Hex.parse(text(artifact, member)).orElseThrow();
    }

    private StorageSlot find(Json variables, String label) {
        return ((Json.Arr) variables)
                .elements().stream()
                        .map(Json.Obj.class::cast)
                        .filter(variable -> text(variable, "label").equals(label))
                        .findFirst()
                        .map(ContractArtifact::slotOf)
                        .orElseThrow(() -> absent(label));
    }

    private static StorageSlot slotOf(Json.Obj variable) {
        Optional<Json> offset = variable.get("offset");
        return new StorageSlot(
                Long.parseLong(text(variable, "slot")),
                Math.toIntExact(((Json.Int) offset.orElseThrow()).value()),
                text(variable, "type"));
    }

    private static String text(Json.Obj object, String member) {
        return ((Json.Text) object.get(member).orElseThrow()).value();
    }

    private Json member(Json.Obj object, String member) {
        return object.get(member).orElseThrow(() -> absent(member));
    }

    private IllegalArgumentException absent(String label) {
        return new IllegalArgumentException(
                "%s: \"%s\" (expected: a name of its artifact)".formatted(name, label));
    }
}
