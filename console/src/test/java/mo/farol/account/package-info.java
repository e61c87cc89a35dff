/** Tests of the room {@code account}. */
@NullMarked
package mo.farol.account;

import org.jspecify.annotations.NullMarked;
