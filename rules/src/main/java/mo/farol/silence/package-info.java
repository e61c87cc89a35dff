/**
 * Who has gone quiet, and how each source is.
 *
 * <p>In: {@link mo.farol.event.EventBatch}es and the clock. Out: {@link mo.farol.silence.Silence}s
 * and a {@link mo.farol.silence.SourceHealth} for every source. Runs on the thread of the detection
 * follower. What is usual is learned from live traffic by hour of the week: {@code
 * docs/cadence.md}.
 *
 * <p>Of each source {@code HourlyCounts} learns its {@code Week}; {@code Pace} judges its pauses by
 * it, and {@code VolumeCheck} how much it says.
 */
@NullMarked
package mo.farol.silence;

import org.jspecify.annotations.NullMarked;
