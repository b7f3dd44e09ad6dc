package io.attestgate.proxy.operations;

/** An answer of the operations listener; its body goes out in UTF-8. */
record Page(int status, String contentType, String body) {
    private static final String TEXT = "text/plain; charset=utf-8";

    static Page text(int status, String text) {
        return new Page(status, TEXT, text + "\n");
    }

    static Page json(String json) {
        return new Page(200, "application/json", json);
    }
}
