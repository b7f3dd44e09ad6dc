package io.attestgate.proxy.http;

/** What a connection does with its requests. Called on the connection's loop. */
public interface RequestHandler {

    /**
     * Takes the request; the result takes its body, which is delivered after this returns. The
     * answer may have been given whole by then.
     */
    RequestReceiver handle(Exchange exchange);

    /** Bytes that are no request were answered {@code status}; {@code why} is for people. */
    void refused(FrontConnection connection, Version version, int status, String why);
}
