package mo.farol.wire;

import java.util.Optional;

/**
 * Who holds a token. Asked on an event loop: must not block, and must compare hashes, not texts.
 */
public interface IngestTokens {
  /** The agency a token belongs to; empty for one that is unknown, expired or revoked. */
  Optional<String> agencyOf(String token);

  /**
   * The same for a sender at an address, as {@link Peer} writes it: a token may be bound to
   * networks.
   */
  default Optional<String> agencyOf(String token, String peer) {
    return agencyOf(token);
  }
}
