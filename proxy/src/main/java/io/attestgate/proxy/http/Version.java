package io.attestgate.proxy.http;

/** The versions of HTTP that a client may speak to us. */
public enum Version {
    HTTP_1_0("1.0"),
    HTTP_1_1("1.1"),
    HTTP_2("2");

    private final String number;

    Version(String number) {
        this.number = number;
    }

    /** As a Via field writes it (RFC 9110 §7.6.3). */
    public String number() {
        return number;
    }
}
