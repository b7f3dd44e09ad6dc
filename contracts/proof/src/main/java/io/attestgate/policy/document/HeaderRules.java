package io.attestgate.policy.document;

/**
 * What a route changes in header fields.
 *
 * @param request before the request goes to the upstream
 * @param response before the answer goes to the client
 */
public record HeaderRules(HeaderEdits request, HeaderEdits response) {
    /** Changes nothing. */
    public static final HeaderRules NONE = new HeaderRules(HeaderEdits.NONE, HeaderEdits.NONE);
}
