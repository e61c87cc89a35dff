/**
 * Netty listeners: bytes come in, frames go out to the journal.
 *
 * <p>In: syslog over UDP (RFC 5426) and TCP (RFC 6587, framing told apart for each connection),
 * lines over HTTP. Out: {@link mo.farol.event.FrameBatch}es appended to the {@link
 * mo.farol.journal.EventLog}. Event loops named {@code intake}; nothing blocks on them. A listener,
 * certificate or token decides the agency, never the frame.
 */
@NullMarked
package mo.farol.intake;

import org.jspecify.annotations.NullMarked;
