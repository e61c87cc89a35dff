/**
 * Rules in operation: read, watched for changes, kept in every version, tried in shadow, published
 * by a second person, rolled back.
 *
 * <p>In: the rule folders of a home, drafts of its people. Out: {@link mo.farol.alert.RuleSet}s for
 * the watch, what was refused, versions and drafts in the ledger, what of ATT&amp;CK is watched.
 * One thread looks at the folders and compiles; what people ask for runs on theirs, one change at a
 * time. Follows the Sigma specification 2.1.0 and ATT&amp;CK by the ids that rules carry.
 */
@NullMarked
package mo.farol.rulebook;

import org.jspecify.annotations.NullMarked;
