/**
 * The HTTP API under {@code /api/v1}: one class a resource, one table of endpoints from which the
 * OpenAPI document is made.
 *
 * <p>In: a caller's request, by token or session. Out: JSON; lists are {@code
 * {"items","next","total"}}; problems are RFC 9457. Every read is within the caller's scope. Runs
 * on the request's virtual thread.
 */
@NullMarked
package mo.farol.api;

import org.jspecify.annotations.NullMarked;
