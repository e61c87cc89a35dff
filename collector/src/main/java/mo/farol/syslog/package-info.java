/**
 * Syslog inputs.
 *
 * <p>In: syslog over UDP (RFC 5426), TCP (RFC 6587, framing told apart for each connection), TLS
 * (RFC 5425) and RELP. Out: frames, handed to {@code wire}; an answer of RELP once they are on
 * disk. One handler a connection, on its event loop. The listener or the client certificate decides
 * the agency, never the frame. What can't be kept: TCP stops reading, UDP drops and counts.
 */
@NullMarked
package mo.farol.syslog;

import org.jspecify.annotations.NullMarked;
