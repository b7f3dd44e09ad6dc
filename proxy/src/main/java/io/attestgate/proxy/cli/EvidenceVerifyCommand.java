package io.attestgate.proxy.cli;

import io.attestgate.collateral.Update;
import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.Holding;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.AppraisalPolicyReader;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.kind.DemotionWatch;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.verify.kind.Outlook;
import io.attestgate.verify.tpm.TpmKind;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attestgate evidence verify}: the verdict on one report. */
@Command(
        name = "verify",
        header = {"Judges evidence against its vendor's root.", ""},
        description = {
            "The file has the evidence's bytes, or their hexadecimal digits; its kind is",
            "recognised. Without --fetch no network and no clock is used: collateral and instant",
            "are yours. Without a policy only a platform that is up to date passes, with no",
            "advisory and no debug; nothing of AMD's, Amazon's or NVIDIA's and no TPM does,",
            "whose levels, ages and keys are the policy's own. See docs/evidence-dcap.md,",
            "evidence-snp.md, evidence-nitro.md, evidence-tpm.md, evidence-nvidia.md and",
            "collateral.md."
        },
        footer = {
            "",
            "Examples:",
            "  ./attestgate evidence verify quote.bin --collateral collateral.json \\",
            "      --at 2026-06-01T12:00:00Z",
            "  ./attestgate evidence verify quote.bin --collateral folder --policy policy.json \\",
            "      --at 2026-06-01T12:00:00Z --report-data 0x00ff... --json",
            "  ./attestgate evidence verify quote.bin --fetch --pccs https://localhost:8081 \\",
            "      --service-ca pccs.pem"
        })
final class EvidenceVerifyCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The evidence.")
    private Path file = Path.of("");

    @Mixin private CollateralOptions collateral = new CollateralOptions();

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description =
                    "When it must hold (RFC 3339), such as 2026-06-01T12:00:00Z. Required, except"
                            + " with --fetch: then now.")
    private @Nullable Instant at;

    @Option(
            names = "--report-data",
            paramLabel = "HEX",
            description = "What the report must carry; else that is not checked.")
    private @Nullable Octets reportData;

    @Option(
            names = "--extra-data",
            paramLabel = "HEX",
            description = "What a TPM's quote must have as extraData, for nonces of others.")
    private @Nullable Octets extraData;

    @Option(
            names = "--event-log",
            paramLabel = "FILE",
            description = {
                "Of a TDX quote: the firmware's log (CCEL) or dstack's, which must replay to its",
                "registers. A TPM's log is one of its parts, in --collateral."
            })
    private @Nullable Path eventLog;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Which roots, states and advisories pass, and until when.")
    private @Nullable Path policy;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws CommandException {
        Instant now = now();
        EvidenceFile.Report evidence = EvidenceFiles.report(file);
        checkReportData(evidence.kind());
        Optional<ReplayedLog> log = log(evidence);
        AppraisalPolicy accepted = policy(evidence.kind(), now);
        try (CollateralOptions.Opened opened = collateral.open(() -> now)) {
            Bundle bundle = fetch(opened, evidence, opened.update());
            Appraisal appraisal =
                    withLog(
                            log,
                            withExtraData(
                                    EvidenceKinds.verify(
                                            evidence.evidence().bytes(),
                                            bundle,
                                            accepted,
                                            Optional.ofNullable(reportData),
                                            now)));
            Optional<Outlook> outlook =
                    appraisal instanceof Appraisal.Trusted
                            ? outlook(opened, evidence, bundle, accepted, now)
                            : Optional.empty();
            PrintedAppraisal.Asked asked =
                    new PrintedAppraisal.Asked(
                            now, reportData != null || extraData != null, log.isPresent());
            new PrintedAppraisal(evidence, asked, appraisal, outlook).print(Output.of(spec), json);
            return appraisal instanceof Appraisal.Trusted ? ExitStatus.GOOD : ExitStatus.FAILED;
        }
    }

    /** No report has another size of it: that is no verdict on the report. */
    private void checkReportData(EvidenceKind kind) throws CommandException {
        OptionalInt size = kind.reportDataBytes();
        if (reportData != null && size.isPresent() && reportData.size() != size.getAsInt()) {
            throw CommandException.wrongUse(
                    "--report-data: %d bytes (expected: %d, as every %s has)"
                            .formatted(reportData.size(), size.getAsInt(), kind.title()));
        }
    }

    /** A verdict on evidence that has no such field is none on what was asked. */
    private Appraisal withExtraData(Appraisal appraisal) {
        if (extraData == null || !(appraisal instanceof Appraisal.Trusted trusted)) {
            return appraisal;
        }
        String found = trusted.claims().getOrDefault(TpmKind.EXTRA_DATA, "none");
        return found.equals(extraData.toString())
                ? appraisal
                : new Refusal(
                        Check.REPORT_DATA,
                        "extraData " + found,
                        extraData.toString(),
                        "TPM 2.0 Part 2 §10.12, TPMS_ATTEST");
    }

    private Optional<ReplayedLog> log(EvidenceFile.Report evidence) throws CommandException {
        return eventLog == null
                ? Optional.empty()
                : Optional.of(ReplayedLog.open("--event-log", eventLog, evidence));
    }

    private static Appraisal withLog(Optional<ReplayedLog> log, Appraisal appraisal) {
        return appraisal instanceof Appraisal.Trusted
                ? log.flatMap(ReplayedLog::refusal).map(Appraisal.class::cast).orElse(appraisal)
                : appraisal;
    }

    private Instant now() {
        if (at != null) {
            return at;
        }
        if (!collateral.isFetched()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--at: absent (expected: an instant such as 2026-06-01T12:00:00Z, or"
                            + " --fetch)");
        }
        return InstantSource.system().instant();
    }

    private static Bundle fetch(
            CollateralOptions.Opened opened, EvidenceFile.Report evidence, Update update)
            throws CommandException {
        try {
            return opened.fetch(evidence.kind().name(), evidence.evidence().bytes(), update);
        } catch (IOException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    /** By the vendor's early documents, where he has such and standard ones were fetched. */
    private Optional<Outlook> outlook(
            CollateralOptions.Opened opened,
            EvidenceFile.Report evidence,
            Bundle standard,
            AppraisalPolicy accepted,
            Instant now) {
        if (!collateral.looksAhead() || !hasEvaluations(evidence.kind(), standard)) {
            return Optional.empty();
        }
        try {
            Bundle early = fetch(opened, evidence, Update.EARLY);
            return Optional.of(
                    new DemotionWatch(evidence.kind(), standard, early)
                            .outlook(evidence.evidence().bytes(), accepted, now));
        } catch (CommandException e) {
            return Optional.of(new Outlook.Unclear(String.valueOf(e.getMessage())));
        }
    }

    private static boolean hasEvaluations(EvidenceKind kind, Bundle bundle) {
        return kind.holdings(bundle) instanceof Parsed.Good<List<Holding>> good
                && good.value().stream().anyMatch(one -> one.evaluation().isPresent());
    }

    private AppraisalPolicy policy(EvidenceKind kind, Instant now) throws CommandException {
        return policy == null
                ? AppraisalPolicy.strict(Set.copyOf(kind.namedRoots().values()), now)
                : read(policy);
    }

    /** A policy in a file. */
    static AppraisalPolicy read(Path policy) throws CommandException {
        byte[] bytes = Files.read("--policy", policy, AppraisalPolicyReader.SIZE_BYTES_MAX);
        return switch (EvidenceKinds.policy(bytes)) {
            case Parsed.Bad<AppraisalPolicy> bad ->
                    throw new CommandException("--policy", policy, bad.faults());
            case Parsed.Good<AppraisalPolicy> good -> good.value();
        };
    }
}
