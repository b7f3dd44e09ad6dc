package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Evidence as a tree of names and values, for people. */
final class Inspection {
    private Inspection() {}

    static Json.Obj of(NvidiaEvidence evidence) {
        return Json.object(
                "gpus", new Json.Arr(evidence.gpus().stream().map(Inspection::gpu).toList()));
    }

    private static Json gpu(GpuEvidence gpu) {
        Report report = gpu.report();
        return Json.object(
                "nonce", report.nonce().toString(),
                "driver", report.said().driverVersion().orElse("not reported"),
                "vbios", report.said().vbiosVersion().orElse("not reported"),
                "board", report.said().board().orElse("not reported"),
                "chip", report.said().chip().orElse("not reported"),
                "mode", report.said().mode().toString(),
                "fields", texts(fields(report)),
                "measurements", texts(measurements(report)),
                "certificates", Certificates.tree(gpu.chain()));
    }

    /** What a verdict keeps of a report. */
    static SortedMap<String, String> claims(Report report) {
        SortedMap<String, String> claims = new TreeMap<>(fields(report));
        claims.put("nonce", report.nonce().toString());
        claims.put("mode", report.said().mode().toString());
        report.said().driverVersion().ifPresent(version -> claims.put("driver", version));
        report.said().vbiosVersion().ifPresent(version -> claims.put("vbios", version));
        report.said().board().ifPresent(board -> claims.put("board", board));
        return claims;
    }

    private static Map<String, String> fields(Report report) {
        Map<String, String> fields = new LinkedHashMap<>();
        report.opaque()
                .fields()
                .forEach((number, value) -> fields.put(OpaqueData.name(number), value.toString()));
        return fields;
    }

    /** By the index that manifests have, from 0. */
    private static Map<String, String> measurements(Report report) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Map.Entry<Integer, Octets> one : report.measurements().entrySet()) {
            all.put(Integer.toString(one.getKey() - 1), one.getValue().toString());
        }
        return all;
    }

    private static Json texts(Map<String, String> texts) {
        Map<String, Json> members = new LinkedHashMap<>();
        texts.forEach((name, value) -> members.put(name, new Json.Text(value)));
        return new Json.Obj(members);
    }
}
