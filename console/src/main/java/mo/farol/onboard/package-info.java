/**
 * Brings an agency in: what to paste into its forwarder, and what arrives from it first.
 *
 * <p>In: an agency, how the listeners are reached. Out: snippets of configuration, made of the
 * files in {@code snippets}; the next line of an agency as it was parsed; a test line sent as the
 * agency's forwarder would, by a way that {@link mo.farol.onboard.TestRoutes} names. The caller's
 * thread, which may wait. Follows RFC 5424, RFC 6587, and RELP, Lumberjack 2 and OTLP/HTTP as their
 * senders speak them.
 */
@NullMarked
package mo.farol.onboard;

import org.jspecify.annotations.NullMarked;
