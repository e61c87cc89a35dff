/**
 * CACAO playbooks: read, checked, run by people with a record.
 *
 * <p>In: CACAO 2.0 documents (OASIS Committee Specification 01, 2023-11-27). Out: {@link
 * mo.farol.playbook.Run}s whose every transition is a row and a transaction, so that a restart
 * loses nothing. No thread of its own.
 */
@NullMarked
package mo.farol.playbook;

import org.jspecify.annotations.NullMarked;
