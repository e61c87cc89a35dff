/**
 * Lucene day shards: what the journal holds, made searchable.
 *
 * <p>In: {@link mo.farol.event.EventBatch}es, in order. Out: {@link mo.farol.store.Reading}s,
 * points in time that the search room asks. A view: every commit carries the journal offset it
 * covers, and a replay adds nothing twice. One writer thread, {@code store}; readings on any
 * thread. No raw bytes are kept here: a row leads back to its block in the journal.
 *
 * <p>Layout of a document: {@code @timestamp} as doc values with a skip index, the segments sorted
 * newest first; the message as words with positions; every other field as a keyword term {@code
 * name NUL value} in one Lucene field, so that unknown names cost no mapping; hot fields also as
 * ordinals for counting.
 */
@NullMarked
package mo.farol.store;

import org.jspecify.annotations.NullMarked;
