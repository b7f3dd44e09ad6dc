package io.attestgate.attest.tpm;

import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The policies that were signed, newest last. They lie in the open: a TPM believes only those that
 * the authoriser signed, and only for the PCRs and the epoch that they name.
 */
record SignedPolicies(List<SignedPolicy> policies) {
    /** More than a gateway has versions in one epoch; the oldest go first. */
    static final int POLICIES_MAX = 64;

    static final int SIZE_BYTES_MAX = 32 * 1024;

    SignedPolicies {
        policies = List.copyOf(policies);
    }

    Optional<SignedPolicy> of(Hash32 policy) {
        return policies.stream().filter(signed -> signed.policy().equals(policy)).findFirst();
    }

    SignedPolicies with(SignedPolicy signed) {
        List<SignedPolicy> all =
                new ArrayList<>(
                        policies.stream()
                                .filter(other -> !other.policy().equals(signed.policy()))
                                .toList());
        all.add(signed);
        return new SignedPolicies(all.subList(Math.max(0, all.size() - POLICIES_MAX), all.size()));
    }

    byte[] toBytes() {
        return CanonicalJson.write(
                new Json.Arr(policies.stream().<Json>map(SignedPolicies::json).toList()));
    }

    private static Json json(SignedPolicy signed) {
        return Json.object(
                "policy", Base64Url.write(signed.policy().bytes()),
                "signature", Base64Url.write(signed.signature().bytes()));
    }

    /** Reads what somebody left; entries of another form count for nothing, as a missing file. */
    static SignedPolicies parse(byte[] file) {
        return new SignedPolicies(
                JsonReader.parse(file, SIZE_BYTES_MAX)
                        .toOptional()
                        .filter(Json.Arr.class::isInstance)
                        .map(list -> ((Json.Arr) list).elements().stream())
                        .orElseGet(Stream::of)
                        .limit(POLICIES_MAX)
                        .flatMap(entry -> of(entry).stream())
                        .toList());
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
