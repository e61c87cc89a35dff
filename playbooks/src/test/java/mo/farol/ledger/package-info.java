/** Tests of the ledger, and the fakes that the tests of this module share. */
@NullMarked
package mo.farol.ledger;

import org.jspecify.annotations.NullMarked;
