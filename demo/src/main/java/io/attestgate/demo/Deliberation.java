package io.attestgate.demo;

import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of the gateway's own document, which no controller may make: proposed, foreseen, voted
 * on, queued, executed and enforced, by the commands that a person types.
 */
final class Deliberation {
    private static final String HSTS = "strict-transport-security";

    private final World world;

    Deliberation(World world) {
        this.world = world;
    }

    Sight proposed(String what) throws IOException {
        Path document = world.writeShorterHsts();
        return sight(what, "proposed 0x", step("propose", document.toString()));
    }

    /** What a voter reads before he votes: played on the live documents, with its default told. */
    Sight foreseen(String what) throws IOException {
        Product.Ended ended =
                Product.run("policy", "status", "--config", world.config().toString());
        String seen =
                ended.output()
                        .lines()
                        .filter(line -> line.contains("$.defaults.hsts.maxAge"))
                        .findFirst()
                        .map(line -> line.strip().replaceAll("\\s+", " "))
                        .orElse(lastLine(ended));
        return new Sight(what, seen.startsWith("widens ") && seen.endsWith("180d -> 1d"), seen);
    }

    Sight voted(String what) throws IOException {
        return sight(what, "voted for, proposal 0x", step("vote", "for", "--wait"));
    }

    Sight queued(String what) throws IOException {
        return sight(what, "queued, proposal 0x", step("queue", "--wait"));
    }

    Sight executed(String what) throws IOException {
        return sight(what, "executed, proposal 0x", step("execute", "--wait"));
    }

    /** Every answer until then is good, and carries the old field. */
    Sight enforced(String what, Visitor visitor) throws IOException {
        String expected = "max-age=" + World.SHORTER_HSTS.toSeconds();
        Patience patience = new Patience("answer with " + expected);
        while (true) {
            var answer = visitor.get(world.url(), Version.HTTP_2);
            String field = answer.headers().firstValue(HSTS).orElse("absent");
            if (answer.statusCode() != 200) {
                return new Sight(what, false, "answered " + answer.statusCode());
            }
            if (field.equals(expected)) {
                return new Sight(what, true, HSTS + ": " + field);
            }
            patience.pause();
        }
    }

    private Product.Ended step(String... command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("policy"));
        arguments.addAll(List.of(command));
        arguments.addAll(
                List.of(
                        "--config",
                        world.config().toString(),
                        "--key-file",
                        world.keyFile(Dao.Role.VOTER).toString()));
        return Product.run(arguments.toArray(String[]::new));
    }

    private static Sight sight(String what, String beginning, Product.Ended ended) {
        String first = ended.output().lines().findFirst().orElse("");
        boolean good = ended.status() == 0 && first.startsWith(beginning);
        return new Sight(what, good, good ? first : lastLine(ended));
    }

    private static String lastLine(Product.Ended ended) {
        return ended.output().lines().reduce("", (before, line) -> line);
    }
}
