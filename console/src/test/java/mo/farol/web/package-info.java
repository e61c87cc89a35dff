/** Tests of the room {@code web}. */
@NullMarked
package mo.farol.web;

import org.jspecify.annotations.NullMarked;
