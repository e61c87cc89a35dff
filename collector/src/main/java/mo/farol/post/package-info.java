/**
 * Inputs over HTTP.
 *
 * <p>In: {@code POST /v1/events}, a frame a line or the elements of a JSON array. Out: frames,
 * handed to {@code wire}; an answer of 200 only once they are on disk, 503 where they can't be
 * kept. One handler a connection, on its event loop. The token decides the agency. Follows RFC
 * 9110, RFC 9112 and RFC 9457.
 */
@NullMarked
package mo.farol.post;

import org.jspecify.annotations.NullMarked;
