package mo.farol.seal;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the journal is sealed.
 *
 * @param folder holds tree, heads, removals; made when absent
 * @param key file of the private key; made at the first start
 * @param every longest time from a frame to a signed head that covers it
 * @param witnesses who may cosign heads
 * @param authority where RFC 3161 time stamps are had
 * @param stampEvery how often the newest head is stamped
 */
public record SealConfig(
    Path folder,
    Path key,
    Duration every,
    List<VerifierKey> witnesses,
    Optional<URI> authority,
    Duration stampEvery) {
  public SealConfig {
    witnesses = List.copyOf(witnesses);
  }

  /** A head each minute, no witness, no time stamps. */
  public static SealConfig in(Path folder, Path key) {
    return new SealConfig(
        folder, key, Duration.ofMinutes(1), List.of(), Optional.empty(), Duration.ofHours(1));
  }
}
