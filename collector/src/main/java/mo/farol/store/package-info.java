/**
 * The index: which events there are, by day, by word and by field value.
 *
 * <p>In: {@link mo.farol.event.EventBatch}es in order, as a {@link mo.farol.event.Sink}. Out:
 * {@link mo.farol.store.Row}s and counts for a {@link mo.farol.store.Question}, which always
 * carries a {@link mo.farol.event.Scope}. One follower thread writes; any thread reads. No raw
 * bytes are kept here: a row leads back to the journal. Built on Apache Lucene 10; field names
 * follow ECS 8.
 */
@NullMarked
package mo.farol.store;

import org.jspecify.annotations.NullMarked;
