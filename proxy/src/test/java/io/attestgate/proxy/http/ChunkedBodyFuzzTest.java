package io.attestgate.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

class ChunkedBodyFuzzTest {

    /** What a body says, and whether it is one, does not depend on how it arrives. */
    @FuzzTest(maxDuration = "60s")
    void aBodyIsTheSameHoweverItArrives(byte[] bytes) {
        ByteBuf whole = Unpooled.wrappedBuffer(bytes);
        StringBuilder atOnce = new StringBuilder();
        Piece last = drain(new ChunkedBody(), whole, atOnce);

        ChunkedBody reader = new ChunkedBody();
        ByteBuf arrived = Unpooled.buffer();
        StringBuilder dripped = new StringBuilder();
        Piece lastDripped = Piece.MORE;
        for (int i = 0; i < bytes.length && lastDripped instanceof Piece.More; i++) {
            arrived.writeByte(bytes[i]);
            lastDripped = drain(reader, arrived, dripped);
        }

        assertThat(lastDripped.getClass()).isEqualTo(last.getClass());
        if (!(last instanceof Piece.Malformed)) {
            assertThat(dripped.toString()).isEqualTo(atOnce.toString());
        }
    }

    private static Piece drain(ChunkedBody reader, ByteBuf in, StringBuilder content) {
        while (true) {
            Piece piece = reader.next(in);
            if (!(piece instanceof Piece.Data(ByteBuf data))) {
                return piece;
            }
            content.append(data.toString(StandardCharsets.ISO_8859_1));
            data.release();
        }
    }
}
