package io.attestgate.attest.seal;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.platform.KeyProvider;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.Rollback;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Hash32;
import java.util.Map;
import java.util.Optional;

/** Another platform, but that its secret is a key provider's. */
record ProvidedPlatform(Platform other, KeyProvider provider) implements Platform {

    @Override
    public Optional<KeyProvider> keyProvider() {
        return Optional.of(provider);
    }

    @Override
    public String name() {
        return other.name();
    }

    @Override
    public byte[] registers() throws PlatformException {
        return other.registers();
    }

    @Override
    public Map<String, CmwRecord> report(ReportData data) throws PlatformException {
        return other.report(data);
    }

    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    public SecretMemory sealingSecret() throws PlatformException {
        return other.sealingSecret();
    }

    @Override
    public TrustedRegister register() {
        return other.register();
    }

    @Override
    public Rollback rollback() {
        return other.rollback();
    }

    @Override
    public Optional<Hash32> instance() throws PlatformException {
        return other.instance();
    }
}
