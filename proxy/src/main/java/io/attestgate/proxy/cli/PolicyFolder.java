package io.attestgate.proxy.cli;

import io.attestgate.policy.diff.PolicySet;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.StoredDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Policy documents as people keep them: one file, or a folder with one in each {@code *.json}.
 *
 * @param isFolder whether it says which names there are at all
 */
record PolicyFolder(boolean isFolder, PolicySet policies) {
    /** As many names as a gateway reads. */
    private static final int FILES_MAX = 10_000;

    /** Reads a file or a folder. */
    static PolicyFolder open(Path path) throws CommandException {
        return java.nio.file.Files.isDirectory(path)
                ? ofFolder(path)
                : ofFile(path, Optional.empty());
    }

    /** Reads one file, for the slot of that name or for its own. */
    static PolicyFolder ofFile(Path file, Optional<PolicyName> name) throws CommandException {
        PolicyFile document = PolicyFile.open(file, name);
        return new PolicyFolder(false, PolicySet.EMPTY.with(document.name(), stored(document)));
    }

    private static PolicyFolder ofFolder(Path folder) throws CommandException {
        TreeMap<PolicyName, StoredDocument> documents = new TreeMap<>();
        for (Path file : files(folder)) {
            PolicyFile document = PolicyFile.open(file, Optional.empty());
            if (documents.put(document.name(), stored(document)) != null) {
                throw new CommandException(
                        "%s: %s a second time (expected: each name once)"
                                .formatted(file, document.title()));
            }
        }
        return new PolicyFolder(true, new PolicySet(documents));
    }

    private static List<Path> files(Path folder) throws CommandException {
        try (Stream<Path> all = java.nio.file.Files.list(folder)) {
            List<Path> files =
                    all.filter(file -> file.toString().endsWith(".json"))
                            .sorted()
                            .limit(FILES_MAX + 1)
                            .toList();
            if (files.size() > FILES_MAX) {
                throw new CommandException(
                        "%s: more files (expected: at most %d)".formatted(folder, FILES_MAX));
            }
            return files;
        } catch (IOException e) {
            throw Files.unreadable("FILE", folder, e);
        }
    }

    private static StoredDocument stored(PolicyFile document) {
        return StoredDocument.of(document.canonicalBytes());
    }

    Set<PolicyName> names() {
        return policies.documents().keySet();
    }

    /** The names in words. */
    String title() {
        return String.join(", ", names().stream().map(PolicyFile::title).toList());
    }
}
