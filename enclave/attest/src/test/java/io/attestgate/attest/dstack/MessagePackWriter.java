package io.attestgate.attest.dstack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes MessagePack as Rust's {@code rmp_serde::to_vec_named} does. */
final class MessagePackWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private MessagePackWriter() {}

    /** Maps, lists, texts, byte arrays and whole numbers from 0. */
    static byte[] write(Object value) {
        MessagePackWriter writer = new MessagePackWriter();
        writer.value(value);
        return writer.out.toByteArray();
    }

    /** What serde makes of a plain {@code Vec<u8>}: an array of numbers. */
    static List<Object> numbers(byte[] bytes) {
        List<Object> numbers = new ArrayList<>();
        for (byte b : bytes) {
            numbers.add(Byte.toUnsignedInt(b));
        }
        return numbers;
    }

    private void value(Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                size(map.size(), 0x80, 16, 0xde);
                map.forEach(
                        (name, member) -> {
                            value(name);
                            value(member);
                        });
            }
            case List<?> list -> {
                size(list.size(), 0x90, 16, 0xdc);
                list.forEach(this::value);
            }
            case String text -> {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                size(utf8.length, 0xa0, 32, 0xda);
                out.writeBytes(utf8);
            }
            case byte[] bytes -> {
                out.write(0xc5);
                out.writeBytes(ByteBuffer.allocate(2).putShort((short) bytes.length).array());
                out.writeBytes(bytes);
            }
            case Integer number -> number(number);
            case Long number -> number(number);
            default -> throw new IllegalArgumentException(value.getClass().toString());
        }
    }

    private void size(int size, int fixed, int fixedMax, int sixteen) {
        if (size < fixedMax) {
            out.write(fixed | size);
        } else {
            out.write(sixteen);
            out.writeBytes(ByteBuffer.allocate(2).putShort((short) size).array());
        }
    }

    private void number(long value) {
        if (value < 128) {
            out.write((int) value);
        } else if (value < 256) {
            out.write(0xcc);
            out.write((int) value);
        } else {
            out.write(0xce);
            out.writeBytes(ByteBuffer.allocate(4).putInt((int) value).array());
        }
    }
}
