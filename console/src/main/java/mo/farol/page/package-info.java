/**
 * One class a screen.
 *
 * <p>In: a caller's request. Out: a complete page, readable without JavaScript; every list, search
 * and open event has an address. Text comes from the word lists, in three languages; text from logs
 * is never translated, always escaped, and its control characters are shown. Templates are JTE, in
 * {@code src/main/jte}. Runs on the request's virtual thread.
 */
@NullMarked
package mo.farol.page;

import org.jspecify.annotations.NullMarked;
