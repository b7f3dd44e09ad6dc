package io.attestgate.wire;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the one canonical form of a JSON value (JSON Canonicalization Scheme, RFC 8785): no space,
 * members sorted by UTF-16 code units, the shortest escapes.
 */
public final class CanonicalJson {
    private final StringBuilder out = new StringBuilder();

    private CanonicalJson() {}

    /** The canonical UTF-8 bytes. */
    public static byte[] write(Json value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The canonical form as text. */
    public static String text(Json value) {
        CanonicalJson writer = new CanonicalJson();
        writer.value(value);
        return writer.out.toString();
    }

    private void value(Json value) {
        switch (value) {
            case Json.Obj object -> object(object);
            case Json.Arr array -> array(array);
            case Json.Text text -> string(text.value());
            case Json.Int integer -> out.append(integer.value());
            case Json.Bool bool -> out.append(bool.value());
            case Json.Null none -> out.append("null");
        }
    }

    private void object(Json.Obj object) {
        // String's order is that of UTF-16 code units (RFC 8785 §3.2.3).
        Iterator<Map.Entry<String, Json>> members =
                new TreeMap<>(object.members()).entrySet().iterator();
        out.append('{');
        while (members.hasNext()) {
            Map.Entry<String, Json> member = members.next();
            string(member.getKey());
            out.append(':');
            value(member.getValue());
            out.append(members.hasNext() ? "," : "");
        }
        out.append('}');
    }

    private void array(Json.Arr array) {
        out.append('[');
        Iterator<Json> elements = array.elements().iterator();
        while (elements.hasNext()) {
            value(elements.next());
            out.append(elements.hasNext() ? "," : "");
        }
        out.append(']');
    }

    /** RFC 8785 §3.2.2.2. */
    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
