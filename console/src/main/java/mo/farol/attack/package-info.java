/**
 * MITRE ATT&amp;CK as a site keeps it: names and tactics of techniques, out of the STIX bundle that
 * MITRE publishes. Farol holds nothing of it but the names of the tactics.
 *
 * <p>In: a file of STIX 2.1 objects. Out: {@link mo.farol.attack.Matrix}. Any thread.
 */
@NullMarked
package mo.farol.attack;

import org.jspecify.annotations.NullMarked;
