/**
 * Sigma rules, read and compiled.
 *
 * <p>In: YAML files. Out: {@link mo.farol.sigma.RuleBook}: what compiled, and a refusal with file,
 * line and reason for what did not. Stateless, but for {@link mo.farol.sigma.KnownFiles}, which
 * knows what unchanged files said; runs on the caller's thread. Follows the Sigma specification
 * 2.1.0.
 */
@NullMarked
package mo.farol.sigma;

import org.jspecify.annotations.NullMarked;
