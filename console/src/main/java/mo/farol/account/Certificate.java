package mo.farol.account;

import java.time.Instant;
import java.util.Optional;

/**
 * A client certificate in the register.
 *
 * @param serial 32 hexadecimal digits
 * @param key SHA-256 of its public key
 * @param agency whose it is
 * @param until last instant of validity
 * @param issuedAt when
 * @param issuedBy account name
 * @param revokedAt when it was taken back
 */
public record Certificate(
    String serial,
    String key,
    String agency,
    Instant until,
    Instant issuedAt,
    String issuedBy,
    Optional<Instant> revokedAt) {
  /** Whether it opens a listener at that time. */
  public boolean stands(Instant now) {
    return revokedAt.isEmpty() && until.isAfter(now);
  }
}
