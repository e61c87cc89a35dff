/**
 * What this machine makes of Farol, part by part, and of its peers: the program under test and what
 * loads it run in processes of their own, and CPU and memory are as the operating system counts
 * them.
 *
 * <p>In: how many events, at which rate. Out: figures on standard output, smallest, median and
 * largest. The commands that start the parts are in {@code app}; the load's lines come from {@code
 * sample}. One thread, but for what sends.
 */
@NullMarked
package mo.farol.bench;

import org.jspecify.annotations.NullMarked;
