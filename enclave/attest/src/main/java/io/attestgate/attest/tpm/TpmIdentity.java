package io.attestgate.attest.tpm;

import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.tpm.Channel.Primary;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.tpm.AttestationKey;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.security.SecureRandom;

/**
 * What policies say of the one TPM behind a device: its keys are primaries, so they are the same
 * before the first start and after the last.
 *
 * <p>Whoever answers on the device says so. A reader who names these keys has to know from
 * elsewhere that they are a TPM's (docs/evidence-tpm.md, credential activation).
 *
 * @param endorsement Name of the endorsement key
 * @param attestation Name of the key that signs quotes
 * @param root SHA-256 of that key's SubjectPublicKeyInfo, in which a verdict ends
 */
public record TpmIdentity(Octets endorsement, Octets attestation, Hash32 root) {

    /** Asks the device; nothing stays loaded. */
    public static TpmIdentity read(TpmSettings settings) throws PlatformException {
        try (Channel channel =
                        Channel.open(
                                new Tpm(TpmPlatform.transport(settings.device())),
                                new SecureRandom());
                Primary key = channel.primary(Entity.ENDORSEMENT, EccPublic.attestation())) {
            byte[] area = key.key().toBytes();
            Hash32 root =
                    AttestationKey.parse(area)
                            .toOptional()
                            .map(AttestationKey::spki)
                            .orElseThrow(() -> new AssertionError("an area that we made"));
            return new TpmIdentity(
                    channel.endorsement().entity().name().octets(),
                    key.key().name().octets(),
                    root);
        } catch (IOException e) {
            throw TpmPlatform.unusable(settings, e);
        } catch (TpmException e) {
            throw e.toPlatformException();
        }
    }

    /** The digest that names the machine in evidence and in allow lists. */
    public Hash32 instance() {
        return Instance.of(TpmPlatform.NAME, endorsement.bytes())
                .orElseThrow(() -> new AssertionError("a Name is not empty"));
    }
}
