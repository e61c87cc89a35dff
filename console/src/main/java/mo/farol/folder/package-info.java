/**
 * Folders that people change while Farol runs.
 *
 * <p>In: what to look at. Out: a call once something there changed and stands still. One thread for
 * each that watches, named by whoever watches.
 */
@NullMarked
package mo.farol.folder;

import org.jspecify.annotations.NullMarked;
