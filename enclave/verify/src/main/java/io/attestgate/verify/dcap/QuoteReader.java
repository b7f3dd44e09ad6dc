package io.attestgate.verify.dcap;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.util.Arrays;

/** Reads quotes of versions 3, 4 and 5 (SGX ECDSA Quote Library API, A.4; TDX, A.3 and A.4). */
final class QuoteReader {
    private QuoteReader() {}

    static Parsed<Quote> parse(byte[] bytes) {
        if (bytes.length > Quote.SIZE_BYTES_MAX) {
            return Parsed.bad(new Fault("quote", bytes.length + " bytes", "at most 64 KiB"));
        }
        try {
            return Parsed.good(read(bytes));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    private static Quote read(byte[] bytes) throws MalformedException {
        ByteReader reader = ByteReader.of(bytes);
        QuoteHeader header = QuoteHeader.read(reader);
        QuoteBody body = header.version() == 5 ? describedBody(reader) : body(header, reader);
        if (body.tee() != header.tee()) {
            throw new MalformedException("body type", body.tee() + " body", header.tee() + " body");
        }
        Octets signed = Octets.of(Arrays.copyOf(bytes, reader.position()));
        ByteReader signature = ByteReader.of(reader.bytes32("signature data"));
        QuoteSignature parsed = QuoteSignature.read(header.version(), signature);
        reader.padding("quote");
        return new Quote(header.version(), header, body, signed, parsed);
    }

    private static QuoteBody body(QuoteHeader header, ByteReader reader) throws MalformedException {
        return switch (header.tee()) {
            case SGX -> new SgxReport(reader.bytes("enclave report", SgxReport.SIZE_BYTES));
            case TDX -> TdReport.of(reader.bytes("TD report", TdReport.SIZE_BYTES_1_0));
        };
    }

    /** Version 5: type and size, which are signed like the body. */
    private static QuoteBody describedBody(ByteReader reader) throws MalformedException {
        int type = reader.uint16("body type");
        int expected =
                switch (type) {
                    case QuoteBody.TYPE_SGX -> SgxReport.SIZE_BYTES;
                    case QuoteBody.TYPE_TD_1_0 -> TdReport.SIZE_BYTES_1_0;
                    case QuoteBody.TYPE_TD_1_5 -> TdReport.SIZE_BYTES_1_5;
                    case QuoteBody.TYPE_TD_1_5_EX -> TdReport.SIZE_BYTES_1_5_EX;
                    default ->
                            throw new MalformedException(
                                    "body type", Integer.toString(type), "1 to 4");
                };
        long sizeBytes = reader.uint32("body size");
        if (sizeBytes != expected) {
            throw new MalformedException(
                    "body size", Long.toString(sizeBytes), expected + " for type " + type);
        }
        byte[] body = reader.bytes("body", expected);
        return type == QuoteBody.TYPE_SGX ? new SgxReport(body) : TdReport.of(body);
    }
}
