package io.attestgate.attest.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.disk.FragileDisk;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.attest.tpm.Bus.Tap;
import io.attestgate.attest.tpm.TpmException.Reason;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.ReportData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody on the bus may do to answers and commands, each caught by its own reason. */
@RequiresPeer("swtpm")
final class LyingBusTest {
    private static final int HEADER_BYTES = 10;
    private static final int CODE_AT = 6;
    private static final int NV_UNINITIALIZED = 0x14A;
    private static final int AUTH_FAIL_SESSION_1 = 0x98E;

    @TempDir private Path directory;
    private final Index his = new Index(Index.HANDLE_FIRST + 1, Index.Kind.EXTEND);
    private TestTpm tpm;
    private Bus bus = Bus.unplugged();
    private TpmPlatform platform;
    private TrustedRegister register;

    @BeforeEach
    void start() throws Exception {
        tpm = TestTpm.start();
        try (Channel channel = channel(tpm)) {
            his.define(channel, new byte[0]);
        }
        platform = tpm.open(directory, this::bus);
        register = platform.register();
        register.extend(TestTpm.hash("one"));
    }

    private Bus bus(TpmTransport transport) {
        bus = new Bus(transport);
        return bus;
    }

    @AfterEach
    void stop() throws Exception {
        bus.quiet();
        platform.close();
        tpm.close();
    }

    private Reason refusalToRead() {
        return TestTpm.refusal(register::read).reason();
    }

    @Test
    void everyChangedByteOfAnAnswerIsFound() throws Exception {
        int size = lastAnswerTo(CommandCode.NV_READ).length;
        List<Reason> reasons = new ArrayList<>();
        for (int at = 0; at < size; at++) {
            int flipped = at;
            bus.tap(
                    Tap.on(
                            CommandCode.NV_READ,
                            (behind, command) -> {
                                byte[] answer = behind.transmit(command);
                                answer[flipped] ^= 1;
                                return answer;
                            }));
            reasons.add(refusalToRead());
        }
        assertThat(reasons)
                .hasSize(size)
                .containsOnly(Reason.UNAUTHENTIC, Reason.MALFORMED)
                .contains(Reason.UNAUTHENTIC);
        bus.quiet();
        assertThat(register.read()).isNotEqualTo(TrustedRegister.INITIAL);
    }

    private byte[] lastAnswerTo(CommandCode code) throws PlatformException {
        assertThat(register.read()).isNotNull();
        List<byte[]> seen = bus.seen();
        for (int i = seen.size() - 2; i >= 0; i -= 2) {
            if (Bus.isOf(code, seen.get(i))) {
                return seen.get(i + 1);
            }
        }
        throw new AssertionError("no answer to " + code);
    }

    @Test
    void everyChangedByteOfACommandIsRefusedByTheTpm() throws Exception {
        int size = commandBytes(CommandCode.NV_EXTEND);
        for (int at = HEADER_BYTES; at < size; at++) {
            int flipped = at;
            bus.tap(
                    Tap.on(
                            CommandCode.NV_EXTEND,
                            (behind, command) -> {
                                command[flipped] ^= 1;
                                return behind.transmit(command);
                            }));
            assertThat(TestTpm.refusal(() -> register.extend(TestTpm.hash("two"))).reason())
                    .isIn(Reason.REFUSED, Reason.OTHER_INDEX);
        }
        bus.quiet();
        assertThat(register.read())
                .isEqualTo(TrustedRegister.after(TrustedRegister.INITIAL, TestTpm.hash("one")));
    }

    private int commandBytes(CommandCode code) {
        return bus.seen().stream()
                .filter(bytes -> bytes.length > HEADER_BYTES && Bus.isOf(code, bytes))
                .findFirst()
                .orElseThrow()
                .length;
    }

    @Test
    void anEarlierAnswerIsNotTakenForANewOne() throws Exception {
        byte[] earlier = lastAnswerTo(CommandCode.NV_READ);
        register.extend(TestTpm.hash("two"));
        bus.tap(Tap.on(CommandCode.NV_READ, (behind, command) -> earlier));
        assertThat(refusalToRead()).isEqualTo(Reason.UNAUTHENTIC);
    }

    @Test
    void awholeConversationOfEarlierIsNotTakenForANewOne() throws Exception {
        int from = bus.seen().size();
        assertThat(register.read()).isNotNull();
        List<byte[]> earlier = List.copyOf(bus.seen().subList(from, bus.seen().size()));
        register.extend(TestTpm.hash("two"));
        int[] next = {1};
        bus.tap(
                (behind, command) -> {
                    byte[] answer = earlier.get(next[0]);
                    next[0] += 2;
                    return answer;
                });
        assertThat(refusalToRead()).isEqualTo(Reason.UNAUTHENTIC);
    }

    @Test
    void anotherIndexIsNotReadInItsPlace() {
        bus.tap(
                (behind, command) -> {
                    if (Bus.isOf(CommandCode.NV_READ, command)
                            || Bus.isOf(CommandCode.NV_READ_PUBLIC, command)) {
                        command = aimedAt(his.handle(), command);
                    }
                    return behind.transmit(command);
                });
        assertThat(refusalToRead()).isEqualTo(Reason.OTHER_INDEX);
    }

    @Test
    void anotherIndexIsNotReadInItsPlaceAfterTheRightOneWasNamed() {
        bus.tap(
                Tap.on(
                        CommandCode.NV_READ,
                        (behind, command) -> behind.transmit(aimedAt(his.handle(), command))));
        assertThat(refusalToRead()).isEqualTo(Reason.OTHER_INDEX);
    }

    private static byte[] aimedAt(int handle, byte[] command) {
        byte[] aimed = command.clone();
        ByteBuffer handles = ByteBuffer.wrap(aimed).position(HEADER_BYTES).putInt(handle);
        if (Bus.isOf(CommandCode.NV_READ, command)) {
            handles = handles.putInt(handle);
        }
        assertThat(handles.position()).isGreaterThan(HEADER_BYTES);
        return aimed;
    }

    @Test
    void anIndexThatIsSaidToBeUnwrittenIsNotTakenForANewOne() {
        bus.tap(Tap.on(CommandCode.NV_READ, (behind, command) -> Bus.refusal(NV_UNINITIALIZED)));
        assertThat(refusalToRead()).isEqualTo(Reason.REFUSED);
        int[] asked = {0};
        bus.tap(
                Tap.on(
                        CommandCode.NV_READ_PUBLIC,
                        (behind, command) ->
                                asked[0]++ == 0
                                        ? Bus.refusal(AUTH_FAIL_SESSION_1)
                                        : behind.transmit(command)));
        assertThat(refusalToRead()).isEqualTo(Reason.OTHER_INDEX);
    }

    @Test
    void anExtensionThatNeverReachesTheTpmIsNotTakenForDone() throws Exception {
        byte[] earlier = answers(CommandCode.NV_EXTEND).getFirst();
        bus.tap(Tap.on(CommandCode.NV_EXTEND, (behind, command) -> earlier));
        assertThat(TestTpm.refusal(() -> register.extend(TestTpm.hash("two"))).reason())
                .isEqualTo(Reason.UNAUTHENTIC);
    }

    private List<byte[]> answers(CommandCode code) {
        List<byte[]> answers = new ArrayList<>();
        for (int i = 0; i < bus.seen().size(); i += 2) {
            if (Bus.isOf(code, bus.seen().get(i))) {
                answers.add(bus.seen().get(i + 1));
            }
        }
        return answers;
    }

    @Test
    void anAnswerWithoutItsSessionIsRefused() {
        bus.tap(
                Tap.on(
                        CommandCode.PCR_READ,
                        (behind, command) -> behind.transmit(withoutSession(command))));
        assertThat(TestTpm.refusal(platform::registers).reason()).isEqualTo(Reason.UNAUTHENTIC);
    }

    /** The same command as anybody may send it; it has no handle before its sessions. */
    private static byte[] withoutSession(byte[] command) {
        int area = ByteBuffer.wrap(command).getInt(HEADER_BYTES);
        byte[] parameters =
                Arrays.copyOfRange(command, HEADER_BYTES + Integer.BYTES + area, command.length);
        return new TpmWriter()
                .uint16(Tpms.ST_NO_SESSIONS)
                .uint32(HEADER_BYTES + parameters.length)
                .bytes(Arrays.copyOfRange(command, CODE_AT, HEADER_BYTES))
                .bytes(parameters)
                .toBytes();
    }

    @Test
    void pcrsThatAreChangedOnTheWayAreFound() {
        bus.tap(
                Tap.on(
                        CommandCode.PCR_READ,
                        (behind, command) -> {
                            byte[] answer = behind.transmit(command);
                            answer[answer.length / 2] ^= 1;
                            return answer;
                        }));
        assertThat(TestTpm.refusal(platform::registers).reason())
                .isIn(Reason.UNAUTHENTIC, Reason.MALFORMED);
    }

    @Test
    void aQuoteThatIsChangedOnTheWayIsFound() {
        bus.tap(
                Tap.on(
                        CommandCode.QUOTE,
                        (behind, command) -> {
                            byte[] answer = behind.transmit(command);
                            answer[answer.length / 3] ^= 1;
                            return answer;
                        }));
        assertThat(TestTpm.refusal(() -> platform.report(ReportData.of(new byte[1]))).reason())
                .isEqualTo(Reason.UNAUTHENTIC);
    }

    @Test
    void whoPlaysATpmOfHisOwnIsKnownByItsKey() throws Exception {
        platform.close();
        try (TestTpm played = TestTpm.start()) {
            Octets pinned;
            try (Channel channel = channel(played)) {
                pinned = channel.endorsement().entity().name().octets();
            }
            TpmException refused =
                    TestTpm.refusal(
                            () ->
                                    TpmPlatform.of(
                                            tpmOf(played), disk(), settings(), TestTpm.CONFIG));
            assertThat(refused.reason()).isEqualTo(Reason.OTHER_TPM);
            refused =
                    TestTpm.refusal(
                            () ->
                                    TpmPlatform.of(
                                            bus(tpm.transport()),
                                            new FragileDisk(),
                                            new TpmSettings(
                                                    tpm.socket(),
                                                    TestTpm.PCRS,
                                                    Optional.of(pinned)),
                                            TestTpm.CONFIG));
            assertThat(refused.reason()).isEqualTo(Reason.OTHER_TPM);
        }
        platform = tpm.open(directory, this::bus);
    }

    private TpmTransport tpmOf(TestTpm played) throws IOException {
        return bus(played.transport());
    }

    private DirectoryDisk disk() throws IOException {
        return DirectoryDisk.open(directory);
    }

    private TpmSettings settings() {
        return tpm.settings();
    }

    private static Channel channel(TestTpm of) throws Exception {
        return Channel.open(new Tpm(of.transport()), new SecureRandom());
    }

    @Test
    void whoSitsBetweenWithAKeyOfHisOwnCannotAnswer() throws Exception {
        platform.close();
        byte[] his;
        try (TestTpm played = TestTpm.start();
                Channel channel = channel(played)) {
            his = channel.endorsement().key().point();
        }
        TpmException refused =
                TestTpm.refusal(
                        () ->
                                tpm.open(
                                        directory,
                                        transport ->
                                                bus(transport)
                                                        .tap(
                                                                Tap.on(
                                                                        CommandCode.CREATE_PRIMARY,
                                                                        (behind, command) ->
                                                                                with(
                                                                                        his,
                                                                                        behind
                                                                                                .transmit(
                                                                                                        command))))));
        assertThat(refused.reason()).isEqualTo(Reason.OTHER_TPM);
        platform = tpm.open(directory, this::bus);
    }

    /** A made key's answer with another point, which stands in it after the template. */
    private static byte[] with(byte[] point, byte[] answer) {
        byte[] template = EccPublic.endorsement().template();
        int half = EccPublic.COORDINATE_BYTES;
        for (int at = 0; at + template.length <= answer.length; at++) {
            if (Arrays.equals(answer, at, at + template.length, template, 0, template.length)) {
                int x = at + template.length + Short.BYTES;
                System.arraycopy(point, 0, answer, x, half);
                System.arraycopy(point, half, answer, x + half + Short.BYTES, half);
            }
        }
        return answer;
    }

    @Test
    void whoListensNeverSeesTheSecret() throws Exception {
        platform.close();
        List<byte[]> all = new ArrayList<>();
        byte[] secret;
        Path fresh = directory.resolve("fresh");
        try (TpmPlatform first = tpm.open(fresh, this::bus)) {
            assertThat(first.registers()).isNotEmpty();
            all.addAll(bus.seen());
        }
        try (Channel channel = Channel.open(new Tpm(bus(tpm.transport())), new SecureRandom());
                SecretMemory opened = opened(channel, fresh)) {
            secret = opened.lend(byte[]::clone);
            all.addAll(bus.seen());
        }
        byte[] value = FirstStart.registerValue(secret);
        assertThat(all).isNotEmpty().noneMatch(bytes -> contains(bytes, secret));
        assertThat(all).noneMatch(bytes -> contains(bytes, value));
        platform = tpm.open(directory, this::bus);
    }

    @MustBeClosed
    private static SecretMemory opened(Channel channel, Path state) throws Exception {
        StateFiles files = new StateFiles(DirectoryDisk.open(state));
        return SealedSecret.open(
                channel, files.state().orElseThrow(), files.policies(), TestTpm.PCRS);
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
