/**
 * People, roles, sessions, tokens and agencies.
 *
 * <p>In: passwords and tokens, never kept as such. Out: a {@link mo.farol.account.Person} with the
 * scope of what they may see. Passwords by Argon2id (RFC 9106); tokens and session ids are 256
 * random bits, kept as SHA-256. Any thread.
 */
@NullMarked
package mo.farol.account;

import org.jspecify.annotations.NullMarked;
