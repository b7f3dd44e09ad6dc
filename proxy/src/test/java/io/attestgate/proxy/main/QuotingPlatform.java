package io.attestgate.proxy.main;

import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.Rollback;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.dcap.Quote;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import java.util.Map;
import java.util.Optional;

/** A domain of Intel's, played: its quotes are true in form and signed under a root of our own. */
final class QuotingPlatform implements Platform {
    private final DcapPki pki;

    /** What a test changes in each quote before it is signed. */
    byte attributes;

    /** Whether the device answers at all. */
    boolean broken;

    QuotingPlatform(DcapPki pki) {
        this.pki = pki;
    }

    @Override
    public String name() {
        return "tdx";
    }

    @Override
    public byte[] registers() {
        return Quote.parse(quote(ReportData.of(new byte[1])))
                .toOptional()
                .orElseThrow()
                .body()
                .registers();
    }

    private byte[] quote(ReportData data) {
        DcapQuote quote = DcapQuote.of(pki, 4, DcapQuote.TD_1_0).reportData(data.bytes());
        quote.body[DcapQuote.TD_ATTRIBUTES] |= attributes;
        return quote.make();
    }

    @Override
    public Map<String, CmwRecord> report(ReportData data) throws PlatformException {
        if (broken) {
            throw new PlatformException("quote: the device is gone");
        }
        return Map.of("cpu", CmwRecord.of(name(), quote(data)));
    }

    @Override
    public SecretMemory sealingSecret() {
        throw new AssertionError("nothing is sealed here");
    }

    @Override
    public TrustedRegister register() {
        throw new AssertionError("nothing is sealed here");
    }

    @Override
    public Rollback rollback() {
        return Rollback.UNPROTECTED;
    }

    @Override
    public Optional<Hash32> instance() {
        return Instance.of(name(), Hex.parse("0x" + DcapPki.PPID).orElseThrow());
    }
}
