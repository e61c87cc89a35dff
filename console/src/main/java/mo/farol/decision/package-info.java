/**
 * What decides about alerts, for those who look after it and for the desk that asks.
 *
 * <p>In: the rules in force, covers and verdicts of the ledger, the assets of the home and what
 * people change of them. Out: one view of them for pages and the API; answers for the alert desk.
 * One thread looks at the folders of decision rules; all else runs on any.
 */
@NullMarked
package mo.farol.decision;

import org.jspecify.annotations.NullMarked;
