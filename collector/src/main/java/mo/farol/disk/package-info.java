/**
 * What outlasts a power cut: files replaced as a whole, those of them that only their owner may
 * read, and names in folders.
 *
 * <p>In: paths and bytes. Out: a return once they are on disk. No state of its own; any thread, one
 * a file at a time.
 */
@NullMarked
package mo.farol.disk;

import org.jspecify.annotations.NullMarked;
