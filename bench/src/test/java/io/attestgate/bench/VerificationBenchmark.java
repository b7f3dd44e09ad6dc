package io.attestgate.bench;

import io.attestgate.verify.evidence.Appraisal;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A warm verification of each kind, with kept collateral, on one core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class VerificationBenchmark {

    /** The kinds of {@link Kept#of}. */
    @Param({"dcap", "snp", "tpm", "nitro", "nvidia"})
    public String kind = "";

    private Kept kept =
            () -> {
                throw new IllegalStateException("kept: nothing (expected: after prepare)");
            };

    @Setup
    public void prepare() {
        kept = Kept.of(kind);
    }

    @Benchmark
    public Appraisal warm() {
        return kept.verify();
    }
}
