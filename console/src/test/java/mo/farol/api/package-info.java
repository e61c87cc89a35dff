/** Tests of the room {@code api}. */
@NullMarked
package mo.farol.api;

import org.jspecify.annotations.NullMarked;
