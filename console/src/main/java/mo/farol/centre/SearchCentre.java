package mo.farol.centre;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import mo.farol.account.Person;
import mo.farol.account.Role;
import mo.farol.account.Sessions;
import mo.farol.account.Tokens;
import mo.farol.api.Api;
import mo.farol.flow.Replay;
import mo.farol.intake.Input;
import mo.farol.intake.Intake;
import mo.farol.intake.IntakeConfig;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.web.WebConfig;
import mo.farol.web.WebServer;

/**
 * A centre that takes syslog over TCP, keeps, indexes and searches it through the API's {@code
 * /events}, and does nothing else: no detection, no seal, no retention, no pages. Its rooms are set
 * up as the whole centre's are. For measurements.
 */
public final class SearchCentre implements AutoCloseable {
  private static final String NAME = "bench";

  private final OpenRooms rooms = new OpenRooms();
  private final Collector collector;
  private final Intake intake;
  private final WebServer server;
  private final String token;

  private SearchCentre(Config config, InstantSource clock) {
    MeterRegistry metrics = new SimpleMeterRegistry();
    var home = rooms.add(new Home(config.home()).open());
    Logging.into(home.logs(), config.text(Key.LOG_LEVEL));
    collector = rooms.add(Collector.open(config, home, clock, metrics));
    var ledger = rooms.add(Ledger.openSqlite(home.ledger()));
    var deeds = new Deeds(ledger, clock);
    var tokens = new Tokens(ledger, deeds, clock);
    token =
        tokens.api(
            new Person(NAME, NAME, Role.ANALYST, Optional.empty()),
            NAME,
            Optional.of(Duration.ofDays(1)),
            NAME);
    server =
        WebServer.ofApi(
            new WebConfig("127.0.0.1", 0, false, home.keys()),
            new Sessions(ledger, clock),
            tokens,
            Api.searching(
                collector.search(),
                replay(collector),
                collector.seal(),
                collector.prover(),
                deeds,
                clock),
            metrics);
    intake =
        new Intake(
            IntakeConfig.local(NAME).withPorts(Map.of(Input.SYSLOG_TCP, 0)),
            collector.journal(),
            _ -> Optional.empty(),
            Optional.empty(),
            clock,
            metrics);
  }

  /**
   * Wires and starts it over a home, every listener on a free port of the loopback address.
   *
   * @throws Usage in one line when something of the operator's is wrong: home, disk
   */
  public static SearchCentre start(Config config) {
    var centre = new SearchCentre(config, InstantSource.system());
    centre.collector.journal().start();
    centre.collector.indexing().start();
    centre.rooms.add(centre.server.start());
    centre.rooms.add(centre.intake.start());
    return centre;
  }

  /** Where lines go. */
  public InetSocketAddress syslog() {
    return intake.bound().values().iterator().next();
  }

  /** Where questions go: the API's address, without {@code /api/v1}. */
  public URI api() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** A token that may ask about every agency. */
  public String token() {
    return token;
  }

  /** Every event with a lower number can be found. */
  public long searchable() {
    return collector.search().searchable();
  }

  /** Closes in reverse; what was indexed is committed. */
  @Override
  public void close() {
    rooms.close();
  }

  // There is no second belt: what is read again is watched by nobody.
  private static Replay replay(Collector collector) {
    return new Replay(
        collector.search(),
        collector.journal(),
        collector.store(),
        collector.indexing(),
        collector.indexing(),
        _ -> {},
        () -> Collector.parser()::parse);
  }
}
