/**
 * Inputs of log shippers: GELF and Lumberjack.
 *
 * <p>In: GELF 1.1 over UDP (plain, gzip, zlib, in chunks) and over TCP (NUL after each); Lumberjack
 * versions 1 and 2. Out: frames, handed to {@code wire}; a Lumberjack window is answered once it is
 * on disk. One handler a connection, on its event loop. The listener or the client certificate
 * decides the agency, never the frame. Follows the published descriptions of both protocols and RFC
 * 1950, RFC 1952.
 */
@NullMarked
package mo.farol.shipper;

import org.jspecify.annotations.NullMarked;
