package io.attestgate.policy.document;

/**
 * An answer that sends the client elsewhere; redirects are looked at before routes.
 *
 * @param match which requests
 * @param location the Location field, exactly: an absolute path, or an https URL
 * @param status 301, 302, 303, 307 or 308 (RFC 9110 §15.4)
 */
public record Redirect(Match match, String location, int status) {}
