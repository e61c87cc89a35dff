/** Tests of the house as a whole: its walls, its layout, its story from sender to report. */
@NullMarked
package mo.farol.house;

import org.jspecify.annotations.NullMarked;
