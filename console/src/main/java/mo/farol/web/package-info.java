/**
 * The console's HTTP server: who is calling, what they may do, what every answer carries.
 *
 * <p>In: requests. Out: answers with a strict content security policy; a live stream of what
 * changed, queries that are followed. Javalin on Jetty with a virtual thread a request; sockets and
 * threads apart from the collector's. Problems are RFC 9457; cookies RFC 6265bis.
 */
@NullMarked
package mo.farol.web;

import org.jspecify.annotations.NullMarked;
