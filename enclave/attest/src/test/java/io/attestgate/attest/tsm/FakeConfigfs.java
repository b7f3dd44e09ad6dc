package io.attestgate.attest.tsm;

import io.attestgate.attest.device.Errno;
import io.attestgate.attest.device.ErrnoException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * configfs-tsm, played: each answer is a clause of Documentation/ABI/testing/configfs-tsm-report,
 * or of the code behind it where that is silent (drivers/virt/coco/guest/report.c, "report" below,
 * and fs/configfs/file.c, "configfs").
 */
final class FakeConfigfs implements TsmFiles {
    /** "report": TSM_REPORT_OUTBLOB_MAX was 32 KiB until Linux 6.13. */
    static final int BLOB_BYTES_MAX = 32 * 1024;

    /** inblob: "Up to 64 bytes". */
    static final int INBLOB_BYTES_MAX = 64;

    /** privlevel: "the maximum acceptable value is TSM_PRIVLEVEL_MAX (3)". */
    static final int PRIVLEVEL_MAX = 3;

    private static final Set<String> LEVELS = Set.of("privlevel", "privlevel_floor");
    private static final Set<String> ALWAYS = Set.of("inblob", "outblob", "provider", "generation");
    private static final Set<String> WRITE_ONLY = Set.of("inblob", "privlevel");

    /** Makes reports, as a driver does. */
    interface Driver {
        /** Its name, in the attribute {@code provider}. */
        String name();

        /** Whether it shows {@code privlevel}, and from which level on. */
        Optional<Integer> privlevelFloor();

        /** Whether it shows {@code auxblob}. */
        boolean hasAuxblob();

        /** The report, and what is in {@code auxblob}; nothing, or one. */
        List<byte[]> report(byte[] inblob, int privlevel) throws ErrnoException;
    }

    /** Something that goes wrong once, before an operation such as {@code read outblob}. */
    private record Trouble(String operation, Interference interference) {}

    /** What somebody else does, or the error of the call. */
    interface Interference {
        void on(String entry) throws ErrnoException;
    }

    private static final class Conversation {
        byte[] inblob = new byte[0];
        int privlevel;
        long writeGeneration;
        long readGeneration;
        List<byte[]> report = List.of();
    }

    private final Optional<Driver> driver;
    private final Map<String, Conversation> entries = new HashMap<>();
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private final List<String> made = new ArrayList<>();
    private long firstGeneration;
    private boolean losesNextWrite;

    FakeConfigfs(Driver driver) {
        this.driver = Optional.of(driver);
    }

    /** A kernel whose modules nobody loaded. */
    private FakeConfigfs() {
        this.driver = Optional.empty();
    }

    static FakeConfigfs withoutDriver() {
        return new FakeConfigfs();
    }

    /** Every name that a conversation was begun under. */
    List<String> made() {
        return made;
    }

    /** What is going on now. */
    Set<String> open() {
        return entries.keySet();
    }

    /** Lets every conversation begin at that count. */
    void countFrom(long generation) {
        firstGeneration = generation;
    }

    /** Lets the driver refuse the next inblob, which nobody hears. */
    void loseNextWrite() {
        losesNextWrite = true;
    }

    /** Lets one operation meet that; troubles are met in their order. */
    void trouble(String operation, Interference interference) {
        troubles.add(new Trouble(operation, interference));
    }

    /** Lets one operation fail. */
    void fail(String operation, Errno errno) {
        trouble(operation, entry -> raise(operation, errno));
    }

    private static void raise(String call, Errno errno) throws ErrnoException {
        throw ErrnoException.of(call, errno.number());
    }

    private void meet(String operation, String entry) throws ErrnoException {
        Trouble next = troubles.peek();
        if (next != null && next.operation().equals(operation)) {
            Trouble met = troubles.remove();
            met.interference().on(entry);
        }
    }

    /** "report", make_item: ENXIO without a driver. A directory is made once. */
    @Override
    public void make(String entry) throws ErrnoException {
        meet("make", entry);
        if (driver.isEmpty()) {
            raise("mkdir " + entry, Errno.ENXIO);
        }
        if (entries.containsKey(entry)) {
            raise("mkdir " + entry, Errno.EEXIST);
        }
        Conversation begun = new Conversation();
        begun.writeGeneration = firstGeneration;
        begun.readGeneration = firstGeneration;
        entries.put(entry, begun);
        made.add(entry);
    }

    @Override
    public void remove(String entry) throws ErrnoException {
        meet("remove", entry);
        if (entries.remove(entry) == null) {
            raise("rmdir " + entry, Errno.ENOENT);
        }
    }

    /** "Attribute is visible if a TSM implementation provider supports the concept". */
    @Override
    public boolean has(String entry, String attribute) {
        return entries.containsKey(entry) && (ALWAYS.contains(attribute) || shows(attribute));
    }

    private boolean shows(String attribute) {
        return LEVELS.contains(attribute)
                ? driver().privlevelFloor().isPresent()
                : attribute.equals("auxblob") && driver().hasAuxblob();
    }

    private Driver driver() {
        return driver.orElseThrow();
    }

    private Conversation shown(String entry, String attribute) throws ErrnoException {
        if (!has(entry, attribute)) {
            raise("open " + attribute, Errno.ENOENT);
        }
        return Objects.requireNonNull(entries.get(entry));
    }

    @Override
    public byte[] read(String entry, String attribute, int sizeBytesMax) throws ErrnoException {
        meet("read " + attribute, entry);
        Conversation conversation = shown(entry, attribute);
        if (WRITE_ONLY.contains(attribute)) {
            raise("open " + attribute, Errno.EACCES); // "(WO)"
        }
        byte[] content =
                switch (attribute) {
                    case "generation" -> line(Long.toUnsignedString(conversation.writeGeneration));
                    case "provider" -> line(driver().name());
                    case "privlevel_floor" ->
                            line(Integer.toString(driver().privlevelFloor().orElseThrow()));
                    default -> blob(conversation, attribute.equals("outblob") ? 0 : 1);
                };
        return content.length > sizeBytesMax ? Arrays.copyOf(content, sizeBytesMax + 1) : content;
    }

    /**
     * "report", tsm_report_read: EINVAL before anything is written into inblob; made anew if
     * something was written since. EFBIG beyond the maximum.
     */
    private byte[] blob(Conversation conversation, int which) throws ErrnoException {
        if (conversation.inblob.length == 0) {
            raise("read", Errno.EINVAL);
        }
        if (conversation.report.isEmpty()
                || conversation.readGeneration != conversation.writeGeneration) {
            conversation.report = driver().report(conversation.inblob, conversation.privlevel);
            conversation.readGeneration = conversation.writeGeneration;
        }
        byte[] blob =
                which < conversation.report.size() ? conversation.report.get(which) : new byte[0];
        if (blob.length > BLOB_BYTES_MAX) {
            raise("read", Errno.EFBIG);
        }
        return blob;
    }

    @Override
    public void write(String entry, String attribute, byte[] content) throws ErrnoException {
        meet("write " + attribute, entry);
        Conversation conversation = shown(entry, attribute);
        if (!WRITE_ONLY.contains(attribute)) {
            raise("open " + attribute, Errno.EACCES); // "(RO)"
        }
        if (attribute.equals("inblob")) {
            inblob(conversation, content);
        } else {
            privlevel(conversation, content);
        }
    }

    /** "configfs", release_bin_file: what the driver answers when the file is closed is lost. */
    private void inblob(Conversation conversation, byte[] content) throws ErrnoException {
        if (content.length > INBLOB_BYTES_MAX) {
            raise("write inblob", Errno.EFBIG);
        }
        boolean lost = losesNextWrite;
        losesNextWrite = false;
        if (!lost && advances(conversation)) {
            conversation.inblob = content.clone();
        }
    }

    private void privlevel(Conversation conversation, byte[] content) throws ErrnoException {
        int level = Integer.parseInt(new String(content, StandardCharsets.US_ASCII));
        if (level < driver().privlevelFloor().orElseThrow() || level > PRIVLEVEL_MAX) {
            raise("write privlevel", Errno.EINVAL);
        }
        if (!advances(conversation)) {
            raise("write privlevel", Errno.EBUSY);
        }
        conversation.privlevel = level;
    }

    /** generation: "increments each time @inblob or any option is written"; EBUSY before a wrap. */
    private static boolean advances(Conversation conversation) {
        if (conversation.writeGeneration == conversation.readGeneration - 1) {
            return false;
        }
        conversation.writeGeneration++;
        return true;
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
