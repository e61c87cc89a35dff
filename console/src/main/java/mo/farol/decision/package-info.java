/**
 * What decides about alerts, for those who look after it and for the desk that asks.
 *
 * <p>In: the rules in force, covers and verdicts of the ledger, the assets of the home. Out: one
 * view of them for pages and the API; answers for the alert desk. Any thread.
 */
@NullMarked
package mo.farol.decision;

import org.jspecify.annotations.NullMarked;
