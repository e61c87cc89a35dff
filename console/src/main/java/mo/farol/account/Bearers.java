package mo.farol.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import mo.farol.event.Micros;
import mo.farol.ledger.Ledger;
import org.jspecify.annotations.Nullable;

/** The ingest tokens that stand, in memory by their hash: what the intake's event loops see. */
final class Bearers {
  private record Bearer(String agency, long untilMicros, List<Network> from) {
    boolean mayComeFrom(String peer) {
      return from.isEmpty() || from.stream().anyMatch(network -> network.holds(peer));
    }
  }

  private final Ledger ledger;
  private final InstantSource clock;
  private volatile @Nullable Map<String, Bearer> byHash;

  Bearers(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * The agency a token brings events of, for a sender at this address; answered by the hash, so
   * that how long it takes says nothing about any token.
   */
  Optional<String> agencyOf(String token, String peer) {
    long now = Micros.of(clock.instant());
    return Optional.ofNullable(byHash().get(Secrets.hash(token)))
        .filter(bearer -> bearer.untilMicros() > now && bearer.mayComeFrom(peer))
        .map(Bearer::agency);
  }

  /** Reads anew which ingest tokens stand: another process may have made or revoked some. */
  synchronized void refresh() {
    byHash =
        ledger.read(
            h ->
                h
                    .createQuery("select * from token where kind = 'ingest'" + Tokens.ALIVE)
                    .bind(0, Micros.of(clock.instant()))
                    .map((rs, _) -> Map.entry(rs.getString("hash"), bearer(rs)))
                    .stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private Map<String, Bearer> byHash() {
    if (byHash == null) {
      refresh();
    }
    return Objects.requireNonNull(byHash);
  }

  private static Bearer bearer(ResultSet rs) throws SQLException {
    long expires = rs.getLong("expires_at");
    long until = rs.wasNull() ? Long.MAX_VALUE : expires;
    return new Bearer(
        rs.getString("agency"), until, Tokens.networks(rs).stream().map(Network::parse).toList());
  }
}
