/**
 * What people search for again: searches kept under a name, and the last ones of each person.
 *
 * <p>In: a query with its time, and whose it is. Out: the same to its owner, or to everybody of the
 * same scope where it is shared. Rows of the ledger; what is shared is a deed. Any thread.
 */
@NullMarked
package mo.farol.saved;

import org.jspecify.annotations.NullMarked;
