/**
 * What an operator should see to before or while a centre runs.
 *
 * <p>In: a home, there or not, running or stopped, and its configuration. Out: a {@link
 * mo.farol.doctor.Remark} for each thing looked at, with what to do where something is wrong. Runs
 * in the process of a command, on its thread; asks the centre and the network nothing, and leaves
 * nothing in the home.
 */
@NullMarked
package mo.farol.doctor;

import org.jspecify.annotations.NullMarked;
