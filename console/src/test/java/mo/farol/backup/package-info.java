/** Backups of homes that are written to, and what is made of them. */
@NullMarked
package mo.farol.backup;

import org.jspecify.annotations.NullMarked;
