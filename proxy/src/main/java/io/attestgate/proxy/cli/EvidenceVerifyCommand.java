package io.attestgate.proxy.cli;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.AppraisalPolicyReader;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attestgate evidence verify}: the verdict on one report, without network or clock. */
@Command(
        name = "verify",
        header = {"Judges evidence against its vendor's root.", ""},
        description = {
            "The file has the evidence's bytes, or their hexadecimal digits; its kind is",
            "recognised. Nothing is fetched and no clock is read: collateral and instant are",
            "yours. Without a policy only a platform that is up to date passes, with no advisory",
            "and no debug; nothing of AMD's or Amazon's does, whose levels and ages are the",
            "policy's own. See docs/evidence-dcap.md, evidence-snp.md and evidence-nitro.md."
        },
        footer = {
            "",
            "Examples:",
            "  ./attestgate evidence verify quote.bin --collateral collateral.json \\",
            "      --at 2026-06-01T12:00:00Z",
            "  ./attestgate evidence verify quote.bin --collateral folder --policy policy.json \\",
            "      --at 2026-06-01T12:00:00Z --report-data 0x00ff... --json"
        })
final class EvidenceVerifyCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The evidence.")
    private Path file = Path.of("");

    @Option(
            names = "--collateral",
            paramLabel = "PATH",
            description = "What the vendor publishes about the platform: a file or a folder.")
    private @Nullable Path collateral;

    @Option(
            names = "--at",
            required = true,
            paramLabel = "INSTANT",
            description = "When it must hold (RFC 3339), such as 2026-06-01T12:00:00Z.")
    private Instant at = Instant.EPOCH;

    @Option(
            names = "--report-data",
            paramLabel = "HEX",
            description = "What the report must carry; else that is not checked.")
    private @Nullable Octets reportData;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Which roots, states and advisories pass, and until when.")
    private @Nullable Path policy;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws CommandException {
        EvidenceFile evidence = EvidenceFile.open(file);
        Appraisal appraisal =
                evidence.kind()
                        .verify(
                                evidence.evidence().bytes(),
                                collateral(),
                                policy(evidence.kind()),
                                Optional.ofNullable(reportData),
                                at);
        PrintedAppraisal printed = new PrintedAppraisal(evidence.kind(), appraisal);
        printed.print(Output.of(spec), json, reportData != null);
        return appraisal instanceof Appraisal.Trusted ? ExitStatus.GOOD : ExitStatus.FAILED;
    }

    private Bundle collateral() throws CommandException {
        if (collateral == null) {
            return Bundle.empty();
        }
        try {
            return switch (Bundle.read(collateral)) {
                case Parsed.Bad<Bundle> bad -> throw new CommandException(bad.faults());
                case Parsed.Good<Bundle> good -> good.value();
            };
        } catch (IOException e) {
            throw Files.unreadable("--collateral", collateral, e);
        }
    }

    private AppraisalPolicy policy(EvidenceKind kind) throws CommandException {
        if (policy == null) {
            return AppraisalPolicy.strict(Set.copyOf(kind.namedRoots().values()), at);
        }
        byte[] bytes = Files.read("--policy", policy, AppraisalPolicyReader.SIZE_BYTES_MAX);
        return switch (EvidenceKinds.policy(bytes)) {
            case Parsed.Bad<AppraisalPolicy> bad -> throw new CommandException(bad.faults());
            case Parsed.Good<AppraisalPolicy> good -> good.value();
        };
    }
}
