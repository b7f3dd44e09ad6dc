package io.attestgate.verify.snp;

import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report as a tree of names and values, for people. */
final class Inspection {
    private static final List<String> TCBS =
            List.of("committedTcb", "currentTcb", "reportedTcb", "launchTcb");

    private Inspection() {}

    static Json.Obj of(SnpEvidence evidence) {
        Report report = evidence.report();
        return Json.object(
                "version", report.version(),
                "product", report.product().map(SnpProduct::toString).orElse("unknown"),
                "signer", report.signer().map(Signer::toString).orElse("none"),
                "vmpl", report.vmpl(),
                "debug", report.policy().isDebug(),
                "abi", report.policy().abi().toString(),
                "tcb", tcb(report),
                "fields", fields(report),
                "certificates", Certificates.tree(evidence.carried().certificates()));
    }

    /** Version 2, which names no product, is Milan's or Genoa's; their layouts are alike. */
    private static Json tcb(Report report) {
        SnpProduct layout = report.product().orElse(SnpProduct.MILAN);
        Map<String, Json> members = new LinkedHashMap<>();
        TCBS.forEach(
                name -> members.put(name, new Json.Text(report.tcb(name, layout).spelt(layout))));
        return new Json.Obj(members);
    }

    private static Json fields(Report report) {
        Map<String, Json> members = new LinkedHashMap<>();
        report.fields().forEach((name, value) -> members.put(name, new Json.Text(value)));
        return new Json.Obj(members);
    }
}
