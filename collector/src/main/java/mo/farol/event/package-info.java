/**
 * The words every room shares: frames, events, who sent them and who may see them.
 *
 * <p>In: nothing; this room has no behaviour of its own. Out: immutable facts ({@link Event},
 * {@link Origin}, {@link Scope}) and the two carriers of the hot path ({@link FrameBatch}, {@link
 * EventBatch}). Any thread may hold a fact; a carrier belongs to one thread at a time. Field names
 * follow the Elastic Common Schema (ECS) 8.
 */
@NullMarked
package mo.farol.event;

import org.jspecify.annotations.NullMarked;
