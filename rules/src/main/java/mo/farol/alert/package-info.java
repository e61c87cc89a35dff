/**
 * Drools decides what deserves a person.
 *
 * <p>In: {@link mo.farol.match.Detection}s, {@link mo.farol.window.Crossing}s, silences. Out:
 * {@link mo.farol.alert.Alert}s, raised or grown, with their why. One session an agency and one
 * national session, on the thread of the detection follower; the clock of a session is the time of
 * its events. The rules are DRL files that people edit.
 */
@NullMarked
package mo.farol.alert;

import org.jspecify.annotations.NullMarked;
