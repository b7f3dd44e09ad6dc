package io.attestgate.attest.tsm;

import com.sun.jna.Pointer;
import io.attestgate.attest.device.Errno;
import io.attestgate.attest.device.ErrnoException;
import io.attestgate.verify.testpki.SnpReport;
import io.attestgate.wire.Digests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@code /dev/sev-guest} and the secure processor behind it, played from
 * Documentation/virt/coco/sev-guest.rst, include/uapi/linux/sev-guest.h and the SEV-SNP Firmware
 * ABI, 7.2. It reads the caller's structures where their addresses say.
 */
final class FakeSevGuest implements SevIoctl {
    /** Firmware ABI 7.2, GUEST_FIELD_SELECT, with what of the report each bit mixes in. */
    private static final int[][] FIELDS = {
        {0, SnpReport.POLICY, 8},
        {1, 0x20, 16}, // IMAGE_ID
        {2, 0x10, 16}, // FAMILY_ID
        {3, SnpReport.MEASUREMENT, 48}
    };

    private static final int GUEST_SVN_BIT = 4;
    private static final int TCB_VERSION_BIT = 5;
    private static final int INVALID_PARAMETERS = 0x16;
    private static final int GUEST_SVN = 0x4;
    private static final int VMPL = 0x30;

    private final SnpReport guest;
    private final byte[] chip;
    private byte[] key = new byte[0];
    private int status;

    /** The guest that this report is of, on a chip with that secret. */
    FakeSevGuest(SnpReport guest, String chip) {
        this.guest = guest;
        this.chip = chip.getBytes(StandardCharsets.UTF_8);
    }

    /** Lets every request end in that status. */
    void answer(int forced) {
        status = forced;
    }

    /** Lets every key be that. */
    void give(byte[] forced) {
        key = forced;
    }

    @Override
    public void call(long request, Pointer argument) throws ErrnoException {
        if (request != 0xC0205301L) { // SNP_GET_DERIVED_KEY
            throw ErrnoException.of("ioctl", Errno.ENOTTY.number());
        }
        argument.setLong(24, 0xff); // exitinfo2
        if (argument.getByte(0) == 0) { // "Message version must be non-zero"
            throw ErrnoException.of("ioctl", Errno.EINVAL.number());
        }
        Pointer answer = new Pointer(argument.getLong(16));
        byte[] asked = new Pointer(argument.getLong(8)).getByteArray(0, 32);
        answer.write(0, answer(ByteBuffer.wrap(asked).order(ByteOrder.LITTLE_ENDIAN)), 0, 64);
    }

    private byte[] answer(ByteBuffer asked) {
        int refused = status != 0 ? status : refusal(asked);
        ByteBuffer answer = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        answer.putInt(0, refused);
        if (refused == 0) {
            answer.put(32, key.length > 0 ? key : derived(asked));
        }
        return answer.array();
    }

    /** Reserved bits are zero; SVN, TCB and level are the guest's own or below. */
    private int refusal(ByteBuffer asked) {
        boolean good =
                asked.getInt(0) == 0
                        && asked.getInt(4) == 0
                        && asked.getLong(8) >> 6 == 0
                        && asked.getInt(16) >= field32(VMPL)
                        && asked.getInt(20) <= field32(GUEST_SVN)
                        && Arrays.equals(tcb(asked), 0, 8, guest.bytes, 0x1e0, 0x1e8);
        return good ? 0 : INVALID_PARAMETERS;
    }

    private int field32(int at) {
        return ByteBuffer.wrap(guest.bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    private static byte[] tcb(ByteBuffer asked) {
        byte[] tcb = new byte[8];
        asked.get(24, tcb);
        return tcb;
    }

    private byte[] derived(ByteBuffer asked) {
        long fields = asked.getLong(8);
        ByteBuffer mixed = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        mixed.put(chip).putInt(asked.getInt(16));
        for (int[] field : FIELDS) {
            if ((fields >> field[0] & 1) == 1) {
                mixed.put(guest.bytes, field[1], field[2]);
            }
        }
        if ((fields >> GUEST_SVN_BIT & 1) == 1) {
            mixed.putInt(asked.getInt(20));
        }
        if ((fields >> TCB_VERSION_BIT & 1) == 1) {
            mixed.put(tcb(asked));
        }
        return Digests.sha256(Arrays.copyOf(mixed.array(), mixed.position()));
    }
}
