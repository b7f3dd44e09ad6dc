package io.attestgate.certificate.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.ChildProcess;
import io.attestgate.peer.FreePort;
import io.attestgate.peer.Pebble;
import io.attestgate.peer.RequiresPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at random instants of issuance, with the real sealed store, platform and authority: no
 * state becomes unreadable, no account is lost, nothing that is there is ordered again.
 */
@RequiresPeer({"pebble", "pebble-challtestsrv"})
final class KillTest {
    private static final Duration START_WAIT_MAX = Duration.ofSeconds(60);
    private static final int KILL_AFTER_MILLIS_MAX = 2000;

    @TempDir Path folder;

    @Test
    void sixKillsDuringIssuance(TestReporter reporter) throws Exception {
        kill(6, 1L, reporter);
    }

    @Test
    @Tag("long")
    void twentyKillsDuringIssuance(TestReporter reporter) throws Exception {
        kill(20, System.nanoTime(), reporter);
    }

    private void kill(int kills, long seed, TestReporter reporter) throws Exception {
        int httpPort = FreePort.next();
        int tlsPort = FreePort.next();
        Random random = new Random(seed);
        try (Pebble pebble = Pebble.start(Pebble.Options.of(httpPort, tlsPort), folder)) {
            Path root = Files.writeString(folder.resolve("root.pem"), pebble.directoryRootPem());
            List<String> arguments =
                    List.of(
                            folder.resolve("state").toString(),
                            root.toString(),
                            pebble.directory().toString(),
                            Integer.toString(httpPort),
                            Integer.toString(tlsPort));
            int served = 0;
            int beforeServing = 0;
            for (int i = 0; i < kills; i++) {
                if (isServedWithin(random.nextInt(KILL_AFTER_MILLIS_MAX), arguments, served)) {
                    served++;
                } else {
                    beforeServing++;
                }
            }
            boolean last = isServedWithin((int) START_WAIT_MAX.toMillis(), arguments, served);
            String where =
                    "seed %d, served %d, killed before %d".formatted(seed, served, beforeServing);
            reporter.publishEntry("kills", where + ", orders " + lines("Added order"));
            assertThat(last).as(where).isTrue();
            long names = served + 1L;
            assertThat(lines("Added order")).as(where).isBetween(names, names + beforeServing);
            assertThat(lines("There are now .* accounts in memory")).as(where).isEqualTo(1);
        }
    }

    /** Runs the process for so long after it began, or until it serves, then kills it. */
    private boolean isServedWithin(int millis, List<String> arguments, int name)
            throws IOException, InterruptedException {
        CountDownLatch served = new CountDownLatch(1);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-ea",
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledProcess.class.getName()));
        command.addAll(arguments);
        command.add("kill-%d.demo.localhost".formatted(name));
        try (ChildProcess child =
                ChildProcess.start(
                        "keeper",
                        command,
                        Map.of(),
                        folder.resolve("keeper.log"),
                        Pattern.compile("READY"),
                        START_WAIT_MAX,
                        line -> {
                            if (line.startsWith("SERVED")) {
                                served.countDown();
                            }
                        })) {
            boolean inTime = served.await(millis, TimeUnit.MILLISECONDS);
            child.kill();
            return inTime;
        }
    }

    private long lines(String pattern) throws IOException {
        Pattern wanted = Pattern.compile(pattern);
        try (var lines = Files.lines(folder.resolve("pebble.log"))) {
            return lines.filter(line -> wanted.matcher(line).find()).count();
        }
    }
}
