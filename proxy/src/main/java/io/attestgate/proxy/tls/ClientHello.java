package io.attestgate.proxy.tls;

import io.attestgate.wire.Hostname;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The two extensions of a ClientHello that choose a certificate (RFC 8446 §4.1.2).
 *
 * @param serverName RFC 6066 §3; empty if absent or no host name of ours could look like it
 * @param protocols RFC 7301, in the client's order; empty if absent
 */
record ClientHello(Optional<Hostname> serverName, List<String> protocols) {
    private static final int EXTENSION_SERVER_NAME = 0;
    private static final int EXTENSION_ALPN = 16;
    private static final int NAME_TYPE_HOST = 0;
    private static final int VERSION_AND_RANDOM_BYTES = 2 + 32;

    /**
     * Reads the body of a ClientHello, which stays the caller's; empty if it is not one. BoringSSL
     * judges the whole of it afterwards.
     */
    static Optional<ClientHello> parse(ByteBuf hello) {
        try {
            ByteBuf in = hello.slice();
            in.skipBytes(VERSION_AND_RANDOM_BYTES);
            in.skipBytes(in.readUnsignedByte()); // session id
            in.skipBytes(in.readUnsignedShort()); // cipher suites
            in.skipBytes(in.readUnsignedByte()); // compression methods
            return Optional.of(
                    in.isReadable()
                            ? extensions(in.readSlice(in.readUnsignedShort()))
                            : new ClientHello(Optional.empty(), List.of()));
        } catch (IndexOutOfBoundsException truncated) {
            return Optional.empty();
        }
    }

    private static ClientHello extensions(ByteBuf in) {
        Optional<Hostname> serverName = Optional.empty();
        List<String> protocols = List.of();
        while (in.isReadable()) {
            int type = in.readUnsignedShort();
            ByteBuf body = in.readSlice(in.readUnsignedShort());
            if (type == EXTENSION_SERVER_NAME) {
                serverName = hostName(body);
            } else if (type == EXTENSION_ALPN) {
                protocols = protocolNames(body);
            }
        }
        return new ClientHello(serverName, protocols);
    }

    private static Optional<Hostname> hostName(ByteBuf extension) {
        ByteBuf names = extension.readSlice(extension.readUnsignedShort());
        if (names.readUnsignedByte() != NAME_TYPE_HOST) {
            return Optional.empty();
        }
        return Hostname.parse(text(names, names.readUnsignedShort()));
    }

    private static List<String> protocolNames(ByteBuf extension) {
        ByteBuf names = extension.readSlice(extension.readUnsignedShort());
        List<String> protocols = new ArrayList<>();
        while (names.isReadable()) {
            protocols.add(text(names, names.readUnsignedByte()));
        }
        return List.copyOf(protocols);
    }

    private static String text(ByteBuf in, int lengthBytes) {
        return in.readCharSequence(lengthBytes, StandardCharsets.ISO_8859_1).toString();
    }
}
