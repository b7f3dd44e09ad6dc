package io.attestgate.verify.snp;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.verify.collateral.Bundle;
import java.util.HashMap;
import java.util.Map;

/** Certificates, tables and what a key's certificate says are read from arbitrary bytes. */
final class CollateralFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anArbitraryTableNamesOnlyItsOwnBytes(byte[] input) {
        CertificateTable.parse(input)
                .toOptional()
                .ifPresent(
                        table ->
                                table.entries()
                                        .values()
                                        .forEach(
                                                content -> {
                                                    if (content.size() > input.length) {
                                                        throw new AssertionError("more bytes");
                                                    }
                                                }));
    }

    @FuzzTest(maxDuration = "60s")
    void anArbitraryFileIsCollateralOrAFault(byte[] input) {
        if (input.length <= Bundle.FILE_BYTES_MAX) {
            Collateral.parse(Bundle.of("file", input))
                    .toOptional()
                    .ifPresent(
                            collateral -> {
                                if (collateral.veks().size() > collateral.certificates().size()) {
                                    throw new AssertionError("keys without certificates");
                                }
                            });
        }
    }

    @FuzzTest(maxDuration = "60s")
    void whatIsReadOfAKeyHasItsTcbAndOneOwner(FuzzedDataProvider data) {
        Map<String, byte[]> values = new HashMap<>();
        for (String oid :
                new String[] {"1", "2", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8"}) {
            values.put(VekExtensions.OID + oid, data.consumeBytes(16));
        }
        values.put(VekExtensions.OID + "3.9", data.consumeBytes(16));
        values.put(VekExtensions.OID + (data.consumeBoolean() ? "4" : "5"), data.consumeBytes(200));
        VekExtensions.parse(values::get)
                .toOptional()
                .ifPresent(
                        key -> {
                            if (key.tcb().size() != SnpTcb.SIZE_BYTES
                                    || key.hardwareId().isPresent() == key.providerId().isPresent()
                                    || SnpProduct.parse(key.product().toString()).isEmpty()) {
                                throw new AssertionError(key.toString());
                            }
                        });
    }
}
