package io.attestgate.client;

import io.attestgate.verify.claims.Claims;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.simulated.SimulatedEvidence;
import io.attestgate.verify.simulated.SimulatedReport;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.List;
import java.util.Map;

/** Makes simulated evidence as the platform does, whose key everybody has. */
final class SimulatedEnclave {
    static final Hash32 REGISTERS = Hash32.of(Digests.sha256(new byte[] {1}));
    static final Hash32 CONFIG = Hash32.of(Digests.sha256(new byte[] {2}));

    private SimulatedEnclave() {}

    static EvidenceEnvelope attest(Claims claims) {
        return attest(claims, List.of());
    }

    /** Evidence for claims below the root that {@code path} leads to. */
    static EvidenceEnvelope attest(Claims claims, List<Hash32> path) {
        byte[] bytes = claims.toBytes();
        ReportData data = ReportData.of(bytes, path);
        byte[] body = new SimulatedReport(REGISTERS, data, CONFIG).toBytes();
        SimulatedEvidence evidence = SimulatedEvidence.of(body, sign(body));
        return EvidenceEnvelope.of(bytes, path, Map.of("cpu", evidence.toRecord()));
    }

    private static byte[] sign(byte[] body) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key());
            signature.update(body);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static PrivateKey key() throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        byte[] scalar = Digests.sha256(SimulatedReport.NOTICE.getBytes(StandardCharsets.US_ASCII));
        return KeyFactory.getInstance("EC")
                .generatePrivate(
                        new ECPrivateKeySpec(
                                new BigInteger(1, scalar),
                                curve.getParameterSpec(ECParameterSpec.class)));
    }
}
