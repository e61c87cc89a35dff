/**
 * Inputs over HTTP: the connection, the gate, and the protocols of Farol's own and of GELF.
 *
 * <p>In: requests. Out: frames, handed to {@code wire} as one append a request; an answer of 2xx
 * only once they are on disk, 503 where they can't be kept. One handler a connection, on its event
 * loop. The client certificate or the token decides the agency. Other rooms bring a {@link
 * mo.farol.post.Protocol}. Follows RFC 9110, RFC 9112, RFC 9457.
 */
@NullMarked
package mo.farol.post;

import org.jspecify.annotations.NullMarked;
