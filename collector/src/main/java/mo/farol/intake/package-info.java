/**
 * Netty listeners: bytes come in, frames go out to the journal.
 *
 * <p>In: syslog over UDP (RFC 5426) and TCP (RFC 6587, framing told apart for each connection), a
 * frame a line or a JSON array over HTTP. Out: {@link mo.farol.event.FrameBatch}es appended to the
 * {@link mo.farol.journal.EventLog}. Event loops named {@code intake}; nothing blocks on them. The
 * listener or the token decides the agency, never the frame. What can't be kept: TCP stops reading,
 * HTTP answers 503, UDP drops and counts.
 */
@NullMarked
package mo.farol.intake;

import org.jspecify.annotations.NullMarked;
