/**
 * Cases: opened by alerts or people, graded, moved on, told as a timeline.
 *
 * <p>In: {@link mo.farol.alert.Alert}s that are durable; what people do. Out: {@link
 * mo.farol.incident.Incident}s and their timeline, within a scope. Any thread; every change is one
 * transaction with its deed. Categories follow the Reference Security Incident Taxonomy (RSIT);
 * handling labels TLP 2.0.
 */
@NullMarked
package mo.farol.incident;

import org.jspecify.annotations.NullMarked;
