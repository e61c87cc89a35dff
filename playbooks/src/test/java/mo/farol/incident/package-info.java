/** Tests of the room. */
@NullMarked
package mo.farol.incident;

import org.jspecify.annotations.NullMarked;
