/** Tests of the room. */
@NullMarked
package mo.farol.report;

import org.jspecify.annotations.NullMarked;
