/**
 * Where hunts are ordered: what people send is made into what is hunted, and new indicators are.
 *
 * <p>In: texts of pages, API and command. Out: {@link mo.farol.hunt.Hunts.Wanted}. Any thread.
 */
@NullMarked
package mo.farol.hunting;

import org.jspecify.annotations.NullMarked;
