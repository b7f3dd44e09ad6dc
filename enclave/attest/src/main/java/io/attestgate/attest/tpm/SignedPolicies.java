package io.attestgate.attest.tpm;

import io.attestgate.attest.tpm.TpmException.Reason;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The policies that were signed. They lie in the open: a TPM believes only those that the
 * authoriser signed, and only for the PCRs and the epoch that they name.
 *
 * <p>Who owns the disk may add what he likes. An entry that is nobody's keeps no other from being
 * found, and is named where the one that is looked for is missing.
 *
 * @param entries in the order of the file; empty where one has another form
 */
record SignedPolicies(List<Optional<SignedPolicy>> entries) {
    /** Room for as many versions as there may be, in two epochs. */
    static final int SIZE_BYTES_MAX = 32 * 1024;

    private static final String FILE = "file " + StateFiles.POLICIES;

    SignedPolicies {
        entries = List.copyOf(entries);
    }

    static SignedPolicies of(List<SignedPolicy> policies) {
        return new SignedPolicies(policies.stream().map(Optional::of).toList());
    }

    /** Whether that policy is there, with a signature by that key. */
    boolean hasSigned(Hash32 policy, EccPublic authoriser) {
        return signed(policy, authoriser).isPresent();
    }

    private Optional<SignedPolicy> signed(Hash32 policy, EccPublic authoriser) {
        return entries.stream()
                .flatMap(Optional::stream)
                .filter(entry -> entry.policy().equals(policy))
                .filter(entry -> entry.isBy(authoriser))
                .findFirst();
    }

    /**
     * The one for what the TPM holds now.
     *
     * @throws TpmException {@link Reason#NOT_AUTHORISED} if it is not there, or {@link
     *     Reason#DAMAGED} where the file has also entries that the authoriser never wrote
     */
    SignedPolicy required(Policy now, EccPublic authoriser) throws TpmException {
        Optional<SignedPolicy> found = signed(now.digest(), authoriser);
        if (found.isPresent()) {
            return found.get();
        }
        for (int at = 0; at < entries.size(); at++) {
            if (entries.get(at).filter(entry -> entry.isBy(authoriser)).isEmpty()) {
                throw TpmException.of(
                        Reason.DAMAGED,
                        "%s, entry %d".formatted(FILE, at + 1),
                        entries.get(at).isEmpty() ? "another form" : "another signature",
                        "a policy signed by key " + authoriser.name());
            }
        }
        throw TpmException.of(
                Reason.NOT_AUTHORISED,
                "PCRs " + now.selection(),
                "%s in epoch %d".formatted(now.pcrs(), now.epochValue()),
                "those of the code that sealed the state, or others that it has signed");
    }

    byte[] toBytes() {
        return CanonicalJson.write(
                new Json.Arr(
                        entries.stream()
                                .flatMap(Optional::stream)
                                .<Json>map(SignedPolicies::json)
                                .toList()));
    }

    private static Json json(SignedPolicy signed) {
        return Json.object(
                "policy", Base64Url.write(signed.policy().bytes()),
                "signature", Base64Url.write(signed.signature().bytes()));
    }

    /** Reads what somebody left; each entry stands for itself. */
    static SignedPolicies parse(byte[] file) throws TpmException {
        Optional<Json> json = JsonReader.parse(file, SIZE_BYTES_MAX).toOptional();
        if (!(json.orElse(null) instanceof Json.Arr list)) {
            throw TpmException.of(
                    Reason.DAMAGED, FILE, file.length + " bytes of another form", "a JSON array");
        }
        List<Optional<SignedPolicy>> entries = new ArrayList<>();
        list.elements().forEach(entry -> entries.add(of(entry)));
        return new SignedPolicies(entries);
    }

    private static Optional<SignedPolicy> of(Json entry) {
        if (!(entry instanceof Json.Obj object)) {
            return Optional.empty();
        }
        Optional<byte[]> policy = bytes(object, "policy", Hash32.SIZE_BYTES);
        Optional<byte[]> signature = bytes(object, "signature", SignedPolicy.SIGNATURE_BYTES);
        return policy.isEmpty() || signature.isEmpty()
                ? Optional.empty()
                : Optional.of(SignedPolicy.of(Hash32.of(policy.get()), signature.get()));
    }

    private static Optional<byte[]> bytes(Json.Obj object, String name, int sizeBytes) {
        return object.get(name)
                .filter(Json.Text.class::isInstance)
                .flatMap(text -> Base64Url.parse(((Json.Text) text).value()))
                .filter(bytes -> bytes.length == sizeBytes);
    }
}
