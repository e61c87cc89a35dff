package mo.farol.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a token that was made; the token itself is not.
 *
 * @param id first 16 digits of its hash: names it, opens nothing
 * @param kind {@code api} or {@code ingest}
 * @param account whom it acts as; present for {@code api}
 * @param role it has where the account is no person's; present for {@code api}
 * @param agency whose events it brings, or the one agency it may see
 * @param label what it is for
 * @param createdAt when it was made
 * @param expiresAt when it ends; empty for one that does not
 * @param from networks from which it is taken, in CIDR notation; empty for any
 */
public record Token(
    String id,
    String kind,
    Optional<String> account,
    Optional<String> role,
    Optional<String> agency,
    String label,
    Instant createdAt,
    Optional<Instant> expiresAt,
    List<String> from) {}
