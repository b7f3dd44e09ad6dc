package io.attestgate.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * A Merkle tree whose nodes hash their two children in sorted order, so that a path is a list of
 * siblings and needs no directions.
 *
 * <p>A level of odd length carries its last node up as it is. What the leaves and nodes are is the
 * caller's: {@code SHA-256(0x00 || p)} and {@code SHA-256(0x01 || min || max)} for waiting claims.
 */
public final class Merkle {
    private Merkle() {}

    /** The root of at least one leaf. */
    public static Hash32 root(List<Hash32> leaves, BinaryOperator<Hash32> node) {
        List<Hash32> level = leaves;
        while (level.size() > 1) {
            level = above(level, node);
        }
        return level.getFirst();
    }

    /** The siblings from leaf {@code index} up to the root. */
    public static List<Hash32> path(List<Hash32> leaves, int index, BinaryOperator<Hash32> node) {
        return path(levels(leaves, node), index);
    }

    /** The path of every leaf, in their order; each node is hashed once. */
    public static List<List<Hash32>> paths(List<Hash32> leaves, BinaryOperator<Hash32> node) {
        List<List<Hash32>> levels = levels(leaves, node);
        return IntStream.range(0, leaves.size()).mapToObj(i -> path(levels, i)).toList();
    }

    private static List<Hash32> path(List<List<Hash32>> levels, int index) {
        List<Hash32> siblings = new ArrayList<>();
        int at = index;
        for (List<Hash32> level : levels) {
            int sibling = at ^ 1;
            if (sibling < level.size()) {
                siblings.add(level.get(sibling));
            }
            at /= 2;
        }
        return List.copyOf(siblings);
    }

    /** Every level from the leaves up, without the root. */
    private static List<List<Hash32>> levels(List<Hash32> leaves, BinaryOperator<Hash32> node) {
        List<List<Hash32>> levels = new ArrayList<>();
        for (List<Hash32> level = leaves; level.size() > 1; level = above(level, node)) {
            levels.add(level);
        }
        return levels;
    }

    /** The root that a leaf and its siblings lead to. */
    public static Hash32 rootOf(Hash32 leaf, List<Hash32> path, BinaryOperator<Hash32> node) {
        Hash32 at = leaf;
        for (Hash32 sibling : path) {
            at = sorted(at, sibling, node);
        }
        return at;
    }

    private static List<Hash32> above(List<Hash32> level, BinaryOperator<Hash32> node) {
        List<Hash32> next = new ArrayList<>();
        for (int i = 0; i < level.size(); i += 2) {
            boolean alone = i + 1 == level.size();
            next.add(alone ? level.get(i) : sorted(level.get(i), level.get(i + 1), node));
        }
        return next;
    }

    private static Hash32 sorted(Hash32 a, Hash32 b, BinaryOperator<Hash32> node) {
        Hash32[] pair = {a, b};
        Arrays.sort(pair);
        return node.apply(pair[0], pair[1]);
    }
}
