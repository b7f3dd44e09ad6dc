package io.attestgate.proxy.operations;

import io.netty.buffer.PooledByteBufAllocator;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;

/** Memory, time and CPU of this process, under the names that Prometheus' own clients use. */
public final class ProcessMetrics {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMetrics() {}

    /** Registers them all. */
    public static void register(PrometheusRegistry registry, Instant startedAt) {
        gauge(
                registry,
                "process_start_time_seconds",
                "When the process started.",
                () -> startedAt.toEpochMilli() / 1000.0);
        GaugeWithCallback.builder()
                .name("process_resident_memory_bytes")
                .help("Memory of the process in RAM.")
                .callback(out -> residentBytes().ifPresent(out::call))
                .register(registry);
        gauge(registry, "jvm_memory_heap_used_bytes", "Java heap in use.", () -> heap().getUsed());
        gauge(
                registry,
                "jvm_memory_heap_committed_bytes",
                "Java heap taken from the system.",
                () -> heap().getCommitted());
        gauge(
                registry,
                "attestgate_buffers_direct_bytes",
                "Native memory that the pool of network buffers holds.",
                () -> PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory());
        gauge(
                registry,
                "jvm_threads_current",
                "Platform threads.",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        CounterWithCallback.builder()
                .name("process_cpu_seconds_total")
                .help("CPU time of the process.")
                .callback(out -> cpuNanos().ifPresent(nanos -> out.call(nanos / 1e9)))
                .register(registry);
    }

    private static void gauge(
            PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(out -> out.call(value.getAsDouble()))
                .register(registry);
    }

    private static MemoryUsage heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    }

    /** VmRSS of proc_pid_status(5); empty where there is no such file. */
    private static OptionalLong residentBytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean()
                                instanceof com.sun.management.OperatingSystemMXBean system
                        && system.getProcessCpuTime() >= 0
                ? OptionalLong.of(system.getProcessCpuTime())
                : OptionalLong.empty();
    }
}
