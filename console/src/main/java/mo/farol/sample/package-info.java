/**
 * Sample agencies, their everyday traffic and a repeating attack story, for {@code demo} and {@code
 * bench}.
 *
 * <p>In: a seed. Out: syslog lines and JSON as real senders write them, sent over Farol's own
 * listeners by {@link mo.farol.sample.DemoTraffic} or as fast as a socket takes them by {@link
 * mo.farol.sample.Flood}. Addresses are from the documentation ranges of RFC 5737. One virtual
 * thread an agency.
 */
@NullMarked
package mo.farol.sample;

import org.jspecify.annotations.NullMarked;
