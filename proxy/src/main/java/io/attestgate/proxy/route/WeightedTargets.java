package io.attestgate.proxy.route;

import io.attestgate.policy.document.Upstream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The upstreams of a route, taken in turn, each as often as its weight says.
 *
 * <h2>How</h2>
 *
 * <p>The n-th request stands at the fractional part of n times the golden ratio, and the weights
 * divide the unit interval among the upstreams. By the three-distance theorem (Sós 1958) the first
 * n points lie as evenly as points can, so that every run of requests, not only a long one, is
 * divided by the weights. No state but one counter, which all loops share.
 */
public final class WeightedTargets {
    /** 2^64 divided by the golden ratio. */
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final List<UpstreamTarget> targets;
    private final long[] weightsUpTo;
    private final AtomicLong turn = new AtomicLong();

    private WeightedTargets(List<UpstreamTarget> targets, long[] weightsUpTo) {
        this.targets = targets;
        this.weightsUpTo = weightsUpTo;
    }

    /** At least one upstream, weights at least 1. */
    static WeightedTargets of(List<Upstream> upstreams) {
        long[] weightsUpTo = new long[upstreams.size()];
        long sum = 0;
        for (int i = 0; i < weightsUpTo.length; i++) {
            sum += upstreams.get(i).weight();
            weightsUpTo[i] = sum;
        }
        return new WeightedTargets(
                upstreams.stream().map(UpstreamTarget::of).toList(), weightsUpTo);
    }

    /** Whose turn it is. */
    public UpstreamTarget next() {
        if (targets.size() == 1) {
            return targets.getFirst();
        }
        long point = turn.getAndIncrement() * STEP;
        long sum = weightsUpTo[weightsUpTo.length - 1];
        long position = Math.unsignedMultiplyHigh(point, sum);
        int index = 0;
        while (weightsUpTo[index] <= position) {
            index++;
        }
        return targets.get(index);
    }

    public int size() {
        return targets.size();
    }
}
