package io.attestgate.proxy.main;

import io.attestgate.proxy.cli.AttestgateCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The entry of the process: the command line with {@code run}, which only this package can do. */
public final class Attestgate {
    private Attestgate() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        CommandLine commandLine = AttestgateCommand.commandLine(out, err, new RunCommand(err));
        System.exit(commandLine.execute(arguments));
    }
}
