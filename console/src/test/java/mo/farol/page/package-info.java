/** Tests of the screens and of what they are served by, over small real pieces. */
@NullMarked
package mo.farol.page;

import org.jspecify.annotations.NullMarked;
