package io.attestgate.proxy.cli;

import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Hash32;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a key's pin, in base64url as evidence has it, or in hexadecimal as tools print it. */
final class VerifyPin implements ITypeConverter<VerifyPin.Pin> {

    /** A hash of another spelling than those of chains. */
    record Pin(Hash32 spki) {}

    static Set<Hash32> hashes(Set<Pin> pins) {
        return pins.stream().map(Pin::spki).collect(Collectors.toSet());
    }

    @Override
    public Pin convert(String text) {
        return Hash32.parse(text)
                .or(() -> base64(text))
                .map(Pin::new)
                .orElseThrow(() -> new TypeConversionException("SHA-256 in base64url or 0x hex"));
    }

    private static Optional<Hash32> base64(String text) {
        return Base64Url.parse(text).filter(b -> b.length == Hash32.SIZE_BYTES).map(Hash32::of);
    }
}
