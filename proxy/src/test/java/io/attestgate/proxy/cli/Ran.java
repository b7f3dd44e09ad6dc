package io.attestgate.proxy.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command line did, in this process. */
record Ran(int status, String out, String err) {

    static Ran attestgate(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status =
                AttestgateCommand.commandLine(new PrintWriter(out), new PrintWriter(err))
                        .execute(arguments);
        return new Ran(status, out.toString(), err.toString());
    }
}
