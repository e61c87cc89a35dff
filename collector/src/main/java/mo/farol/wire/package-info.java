/**
 * What all inputs share: sockets, the way to the log, back-pressure, TLS, unpacking, counters.
 *
 * <p>In: bytes and connections. Out: {@link mo.farol.event.FrameBatch}es appended to the {@link
 * mo.farol.journal.EventLog}. Runs on the event loops named {@code intake}; nothing blocks on them.
 * Follows RFC 8446 (TLS 1.3) and RFC 1952 (gzip).
 */
@NullMarked
package mo.farol.wire;

import org.jspecify.annotations.NullMarked;
