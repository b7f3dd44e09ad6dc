package io.attestgate.attest.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that stops, or fails once, at its n-th changing operation, and that keeps after
 * a power cut no more than {@link Disk} promises.
 *
 * <p>How: names and contents are held twice, as the process sees them and as they are durable.
 * {@link #sync} and {@link #syncNames} move the one to the other. {@link #afterPowerCut} applies of
 * the changes of names that were not synced any subset, in their order, and gives each file that
 * was not synced its old content, its new one, a part of it, or zeros.
 */
public final class FragileDisk implements Disk {
    private final Map<String, File> names = new LinkedHashMap<>();
    private final Map<String, File> durableNames = new LinkedHashMap<>();
    private final List<Consumer<Map<String, File>>> unsyncedNames = new ArrayList<>();
    private int operations;
    private int failsAt = Integer.MAX_VALUE;
    private boolean cutsPower;
    private boolean happens;

    /** Whether the operation that does not return was done nevertheless. */
    public enum Last {
        DONE,
        NOT_DONE
    }

    private static final class File {
        byte[] content = new byte[0];
        byte[] durable = new byte[0];

        File survivor(RandomGenerator random) {
            File file = new File();
            file.content =
                    Arrays.equals(content, durable)
                            ? content
                            : switch (random.nextInt(5)) {
                                case 0 -> durable;
                                case 1 -> content;
                                case 2 ->
                                        Arrays.copyOf(content, random.nextInt(content.length + 1));
                                case 3 -> new byte[content.length];
                                default -> new byte[0];
                            };
            file.durable = file.content;
            return file;
        }
    }

    /** How many changing operations there were. */
    public int operations() {
        return operations;
    }

    /** The power goes in the n-th changing operation, from 1. */
    public FragileDisk cuttingPowerAt(int operation, Last last) {
        failsAt = operation;
        happens = last == Last.DONE;
        cutsPower = true;
        return this;
    }

    /** The n-th changing operation throws; later ones work. */
    public FragileDisk failingAt(int operation, Last last) {
        failsAt = operation;
        happens = last == Last.DONE;
        cutsPower = false;
        return this;
    }

    /** What a process finds that starts after the cut. */
    public FragileDisk afterPowerCut(RandomGenerator random) {
        Map<String, File> left = new LinkedHashMap<>(durableNames);
        unsyncedNames.stream().filter(any -> random.nextBoolean()).forEach(op -> op.accept(left));
        Map<File, File> survivors = new LinkedHashMap<>();
        FragileDisk disk = new FragileDisk();
        left.forEach(
                (name, file) ->
                        disk.names.put(
                                name, survivors.computeIfAbsent(file, f -> f.survivor(random))));
        disk.durableNames.putAll(disk.names);
        return disk;
    }

    /** What a process finds that starts after this one ended, with the power on. */
    public FragileDisk afterKill() {
        FragileDisk disk = new FragileDisk();
        names.forEach(
                (name, file) -> {
                    File same = new File();
                    same.content = file.content;
                    same.durable = file.content;
                    disk.names.put(name, same);
                });
        disk.durableNames.putAll(disk.names);
        return disk;
    }

    private interface Change {
        void make() throws IOException;
    }

    private void change(Change change) throws IOException {
        operations++;
        if (operations != failsAt) {
            change.make();
            return;
        }
        if (happens) {
            change.make();
        }
        if (cutsPower) {
            throw new PowerCut(operations);
        }
        throw new IOException("disk fails at operation " + operations);
    }

    @Override
    public Optional<byte[]> read(String name, int sizeBytesMax) {
        return Optional.ofNullable(names.get(name))
                .map(
                        file ->
                                Arrays.copyOf(
                                        file.content,
                                        Math.min(file.content.length, sizeBytesMax + 1)));
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        change(
                () -> {
                    if (!names.containsKey(name)) {
                        File file = new File();
                        rename(map -> map.put(name, file));
                    }
                    required(name).content = content.clone();
                });
    }

    @Override
    public void sync(String name) throws IOException {
        change(
                () -> {
                    File file = required(name);
                    file.durable = file.content;
                });
    }

    @Override
    public void rename(String from, String to) throws IOException {
        change(
                () -> {
                    File file = required(from);
                    rename(
                            map -> {
                                map.remove(from);
                                map.put(to, file);
                            });
                });
    }

    @Override
    public void delete(String name) throws IOException {
        change(() -> rename(map -> map.remove(name)));
    }

    @Override
    public void syncNames() throws IOException {
        change(
                () -> {
                    durableNames.clear();
                    durableNames.putAll(names);
                    unsyncedNames.clear();
                });
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(names.keySet());
    }

    private void rename(Consumer<Map<String, File>> change) {
        change.accept(names);
        unsyncedNames.add(change);
    }

    private File required(String name) throws IOException {
        File file = names.get(name);
        if (file == null) {
            throw new IOException(name + ": no such file");
        }
        return file;
    }
}
