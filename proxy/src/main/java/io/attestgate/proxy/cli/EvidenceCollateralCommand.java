package io.attestgate.proxy.cli;

import io.attestgate.collateral.VendorCollateral;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.Holding;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attestgate evidence collateral}: fetches a bundle, to verify without network later. */
@Command(
        name = "collateral",
        header = {"Fetches what verifying evidence needs into a folder.", ""},
        description = {
            "Asks the vendor's service for what it publishes about the platform that the evidence",
            "names, and writes it as a new folder, whole or not at all. Nothing of it is verified,",
            "and of nothing is warned: see evidence verify --collateral. See docs/collateral.md."
        },
        footer = {"", "Example:", "  ./attestgate evidence collateral quote.bin --out folder"})
final class EvidenceCollateralCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The evidence.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FOLDER",
            description = "Where to; must not exist yet.")
    private @Nullable Path out;

    @Mixin private ServiceOptions services = new ServiceOptions();

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws CommandException {
        if (out == null) {
            throw new AssertionError("--out: absent (expected: required)");
        }
        NewFolder folder = NewFolder.at("--out", out);
        EvidenceFile.Report evidence = EvidenceFiles.report(file);
        Bundle bundle = fetch(evidence);
        if (bundle.files().isEmpty()) {
            throw new CommandException(
                    "evidence: %s (expected: one about which a vendor publishes something)"
                            .formatted(evidence.kind().title()));
        }
        folder.write(bundle.files());
        print(Output.of(spec), bundle, holdings(evidence, bundle));
        return ExitStatus.GOOD;
    }

    private Bundle fetch(EvidenceFile.Report evidence) throws CommandException {
        try (VendorCollateral source = services.open(InstantSource.system())) {
            return source.fetch(
                    evidence.kind().name(), evidence.evidence().bytes(), services.update());
        } catch (IOException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Holding> holdings(EvidenceFile.Report evidence, Bundle bundle)
            throws CommandException {
        return switch (evidence.kind().holdings(bundle)) {
            case Parsed.Good<List<Holding>> good -> good.value();
            case Parsed.Bad<List<Holding>> bad -> throw new CommandException(bad.faults());
        };
    }

    private void print(Output output, Bundle bundle, List<Holding> holdings) {
        if (json) {
            output.json(
                    Json.object(
                            "folder",
                            String.valueOf(out),
                            "files",
                            Json.Arr.of(List.copyOf(bundle.files().keySet())),
                            "holds",
                            new Json.Arr(
                                    holdings.stream()
                                            .<Json>map(EvidenceCollateralCommand::asJson)
                                            .toList())));
            return;
        }
        output.line("%d files in %s, not verified".formatted(bundle.files().size(), out));
        bundle.files().keySet().forEach(name -> output.line("  " + name));
        holdings.forEach(holding -> output.value("holds", holding.toString()));
    }

    private static Json.Obj asJson(Holding holding) {
        return Json.object(
                "form", holding.form().toString(),
                "of", holding.of(),
                "from", holding.from().toString(),
                "until", holding.until().toString());
    }
}
