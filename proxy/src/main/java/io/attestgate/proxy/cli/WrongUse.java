package io.attestgate.proxy.cli;

import io.attestgate.wire.Fault;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, in our grammar, and where its help is. */
final class WrongUse implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        reasons(e).forEach(reason -> err.println("attestgate: " + reason));
        err.println("see: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitStatus.WRONG_USE;
    }

    private static List<String> reasons(ParameterException e) {
        return switch (e) {
            case MissingParameterException missing when !missing.getMissing().isEmpty() ->
                    missing.getMissing().stream().map(WrongUse::absent).distinct().toList();
            case UnmatchedArgumentException unmatched ->
                    unmatched.getUnmatched().stream().map(WrongUse::unknown).toList();
            default -> List.of(other(e));
        };
    }

    private static String absent(ArgSpec argument) {
        ArgGroupSpec group = argument.group();
        if (group != null && group.exclusive()) {
            return new Fault(group.synopsis(), "absent", "one of these").toString();
        }
        return new Fault(name(argument), "absent", argument.paramLabel()).toString();
    }

    private static String unknown(String argument) {
        return Fault.quoted("argument", argument, "one that the help lists").toString();
    }

    private static String other(ParameterException e) {
        ArgSpec argument = e.getArgSpec();
        String value = e.getValue();
        if (argument == null || value == null) {
            return e.getMessage() == null ? "command line: wrong" : e.getMessage();
        }
        String rule = Spelling.ruleOf(argument.type()).orElse(argument.paramLabel());
        return Fault.quoted(name(argument), value, rule).toString();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
