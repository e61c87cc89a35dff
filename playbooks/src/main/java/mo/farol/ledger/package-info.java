/**
 * SQL tables: what people and rules decided, and every deed in a chain.
 *
 * <p>In: alerts from the detection thread, deeds of people. Out: rows, always within a {@link
 * mo.farol.event.Scope}. SQLite in WAL mode with {@code synchronous=FULL}: what was answered is on
 * disk. Any thread; one transaction writes at a time.
 */
@NullMarked
package mo.farol.ledger;

import org.jspecify.annotations.NullMarked;
