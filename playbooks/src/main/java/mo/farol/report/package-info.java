/**
 * Documents out: what happened, with the event behind every claim.
 *
 * <p>In: a case, its alerts, runs and cited events. Out: one set of facts, as JSON for machines and
 * as one HTML file for people, both stored with their SHA-256. The headings of the HTML are in one
 * of three languages. Runs on the caller's thread.
 */
@NullMarked
package mo.farol.report;

import org.jspecify.annotations.NullMarked;
