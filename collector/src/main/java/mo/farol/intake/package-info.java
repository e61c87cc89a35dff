/**
 * Opens and closes the collector's listeners.
 *
 * <p>In: connections and datagrams. Out: pipelines of the inputs in {@code syslog}, {@code
 * shipper}, {@code post} and the rooms of its protocols, over {@code wire}. Event loops named
 * {@code intake}; nothing blocks on them. The listener, the client certificate or the token decides
 * the agency, never the frame.
 */
@NullMarked
package mo.farol.intake;

import org.jspecify.annotations.NullMarked;
