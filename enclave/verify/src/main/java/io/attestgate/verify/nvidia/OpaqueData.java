package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The opaque data of a report: fields that NVIDIA numbers, each once, a {@code uint16} of which it
 * is, a {@code uint16} of its size, and its bytes.
 *
 * <p>The numbers and their names are those of NVIDIA's attestation SDK ({@code GpuOpaqueDataType}).
 */
public final class OpaqueData {
    static final int DRIVER_VERSION = 3;
    static final int VBIOS_VERSION = 6;
    static final int NVDEC0_STATUS = 11;
    static final int CHIP_SKU = 15;
    static final int PROJECT = 17;
    static final int PROJECT_SKU = 18;
    static final int FWID = 20;
    static final int PROTECTED_PCIE_STATUS = 21;
    static final int SWITCH_PDI = 22;
    static final int VERSION = 34;
    static final int CHIP_INFO = 35;
    static final int FEATURE_FLAG = 36;

    /** The newest version of these fields that is known. */
    static final long VERSION_MAX = 1;

    private static final int VBIOS_VERSION_BYTES = 8;
    private static final int NUMBER_BYTES_MAX = 4;
    private static final Pattern TEXT = Pattern.compile("[0-9A-Za-z._-]{1,32}");

    private static final Map<Integer, String> NAMES =
            Map.ofEntries(
                    Map.entry(1, "certificateIssuer"),
                    Map.entry(2, "authorityKeyIdentifier"),
                    Map.entry(DRIVER_VERSION, "driverVersion"),
                    Map.entry(4, "gpuInfo"),
                    Map.entry(5, "sku"),
                    Map.entry(VBIOS_VERSION, "vbiosVersion"),
                    Map.entry(7, "manufacturerId"),
                    Map.entry(8, "tamperDetection"),
                    Map.entry(9, "smc"),
                    Map.entry(10, "vpr"),
                    Map.entry(NVDEC0_STATUS, "nvdec0Status"),
                    Map.entry(12, "measurementCounts"),
                    Map.entry(13, "cprInfo"),
                    Map.entry(14, "boardId"),
                    Map.entry(CHIP_SKU, "chipSku"),
                    Map.entry(16, "chipSkuModifier"),
                    Map.entry(PROJECT, "project"),
                    Map.entry(PROJECT_SKU, "projectSku"),
                    Map.entry(19, "projectSkuModifier"),
                    Map.entry(FWID, "fwid"),
                    Map.entry(PROTECTED_PCIE_STATUS, "protectedPcieStatus"),
                    Map.entry(SWITCH_PDI, "switchPdi"),
                    Map.entry(23, "floorsweptPorts"),
                    Map.entry(24, "positionId"),
                    Map.entry(25, "lockSwitchStatus"),
                    Map.entry(32, "gpuLinkConnection"),
                    Map.entry(33, "systemEnableStatus"),
                    Map.entry(VERSION, "opaqueDataVersion"),
                    Map.entry(CHIP_INFO, "chipInfo"),
                    Map.entry(FEATURE_FLAG, "featureFlag"));

    private final SortedMap<Integer, Octets> fields;

    private OpaqueData(SortedMap<Integer, Octets> fields) {
        this.fields = Collections.unmodifiableSortedMap(fields);
    }

    /** Reads all of the bytes. */
    static OpaqueData read(byte[] bytes) throws MalformedException {
        ByteReader reader = ByteReader.of(bytes);
        SortedMap<Integer, Octets> fields = new TreeMap<>();
        while (reader.remaining() > 0) {
            int number = reader.uint16("opaque field");
            String name = name(number);
            if (fields.put(number, Octets.of(reader.bytes16(name))) != null) {
                throw new MalformedException(name, "twice", "each field once");
            }
        }
        OpaqueData data = new OpaqueData(fields);
        data.checkVersion();
        return data;
    }

    private void checkVersion() throws MalformedException {
        long version = number(VERSION).orElse(0L);
        if (version > VERSION_MAX) {
            throw new MalformedException(
                    name(VERSION), Long.toString(version), "0 or 1: later ones are not known");
        }
    }

    /** The fields by their numbers. */
    public SortedMap<Integer, Octets> fields() {
        return fields;
    }

    /** What NVIDIA calls that field; {@code field} and its number where nobody says. */
    static String name(int number) {
        return NAMES.getOrDefault(number, "field" + number);
    }

    Optional<Octets> field(int number) {
        return Optional.ofNullable(fields.get(number));
    }

    /** A field that is a little-endian number of one to four bytes. */
    Optional<Long> number(int number) throws MalformedException {
        Optional<Octets> field = field(number);
        if (field.isEmpty()) {
            return Optional.empty();
        }
        int size = field.get().size();
        if (size < 1 || size > NUMBER_BYTES_MAX) {
            throw new MalformedException(name(number), size + " bytes", "1 to 4 bytes");
        }
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << Byte.SIZE | field.get().at(i);
        }
        return Optional.of(value);
    }

    /** A field that is text, with zero bytes after it or without. */
    Optional<String> text(int number) throws MalformedException {
        Optional<Octets> field = field(number);
        if (field.isEmpty()) {
            return Optional.empty();
        }
        String padded = new String(field.get().bytes(), StandardCharsets.ISO_8859_1);
        String text = padded.replaceFirst("\\x00++$", "");
        if (!TEXT.matcher(text).matches()) {
            throw new MalformedException(
                    Fault.quoted(name(number), text, "1 to 32 letters, digits, dots, hyphens"));
        }
        return Optional.of(text);
    }

    /**
     * The version of the vBIOS as manifests spell it, {@code 96.00.9F.00.01}.
     *
     * <p>A GPU reports a little-endian {@code uint32} and a byte after it, a switch the text.
     */
    Optional<String> vbiosVersion() throws MalformedException {
        Optional<Octets> field = field(VBIOS_VERSION);
        if (field.isEmpty() || field.get().size() != VBIOS_VERSION_BYTES) {
            return text(VBIOS_VERSION);
        }
        Octets v = field.get();
        return Optional.of(
                "%02X.%02X.%02X.%02X.%02X".formatted(v.at(3), v.at(2), v.at(1), v.at(0), v.at(4)));
    }

    /** Project, its SKU and the chip's, as the names of vBIOS manifests have them. */
    Optional<String> board() throws MalformedException {
        Optional<String> project = text(PROJECT);
        Optional<String> projectSku = text(PROJECT_SKU);
        Optional<String> chipSku = text(CHIP_SKU);
        return project.isPresent() && projectSku.isPresent() && chipSku.isPresent()
                ? Optional.of(project.get() + "_" + projectSku.get() + "_" + chipSku.get())
                : Optional.empty();
    }
}
