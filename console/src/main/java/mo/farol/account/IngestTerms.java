package mo.farol.account;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an ingest token is good for.
 *
 * @param label what it is for, in a few words
 * @param lifetime empty: until it is revoked
 * @param from networks from which it is taken; empty: from anywhere
 */
public record IngestTerms(String label, Optional<Duration> lifetime, List<Network> from) {
  public IngestTerms {
    from = List.copyOf(from);
  }

  /** From anywhere, until revoked. */
  public static IngestTerms labelled(String label) {
    return new IngestTerms(label, Optional.empty(), List.of());
  }
}
