/**
 * The whole house wired together: configuration, the home folder, and the order in which rooms open
 * and close.
 *
 * <p>In: a {@link mo.farol.centre.Config}. Out: a running {@link mo.farol.centre.Farol}.
 * Constructors are called by hand, ground floor first; nothing else knows every room. The thread of
 * whoever starts it opens and closes; the rooms run on theirs.
 */
@NullMarked
package mo.farol.centre;

import org.jspecify.annotations.NullMarked;
