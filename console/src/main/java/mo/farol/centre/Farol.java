package mo.farol.centre;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mo.farol.account.Agencies;
import mo.farol.api.Status;
import mo.farol.event.Scope;
import mo.farol.hunt.Hunts;
import mo.farol.hunting.LookingBack;
import mo.farol.identity.IdentityFault;
import mo.farol.indicator.Backlog;
import mo.farol.indicator.Watchlist;
import mo.farol.intake.IntakeFault;
import mo.farol.intake.PinnedListener;
import mo.farol.journal.JournalFault;
import mo.farol.ledger.AlertFilter;
import mo.farol.ledger.HuntRows;
import mo.farol.ledger.LedgerFault;
import mo.farol.rulebook.RuleDesk;
import mo.farol.seal.SealFault;
import mo.farol.search.Asker;
import mo.farol.search.SearchRequest;
import mo.farol.store.StoreFault;
import mo.farol.web.WebFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The centre: every room wired, ground floor first, and closed in reverse. */
public final class Farol implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Farol.class);

  private static final Instant FAR = Instant.parse("2200-01-01T00:00:00Z");

  private final Config config;
  private final Home home;
  private final Collector collector;
  private final Desk desk;
  private final Detection detection;
  private final Archive archive;
  private final Optional<String> firstPassword;
  private final PrometheusMeterRegistry metrics;
  private final NamedAgencies named;
  private final Hunts hunts;
  private final Listeners listeners;
  private final OpenRooms rooms = new OpenRooms();

  private Farol(
      Config config,
      Home home,
      Collector collector,
      Desk desk,
      Detection detection,
      PrometheusMeterRegistry metrics,
      InstantSource clock) {
    this.config = config;
    this.home = home;
    this.collector = collector;
    this.desk = desk;
    this.detection = detection;
    this.metrics = metrics;
    named = new NamedAgencies(desk.people().agencies());
    archive = new Archive(collector.journal(), clock, named::add);
    hunts = new Hunts(collector.hunter(), new HuntRows(desk.ledger(), desk.deeds(), clock), clock);
    listeners = new Listeners(config, home, collector, desk, detection, hunts, metrics);
    firstPassword = desk.people().accounts().bootstrap();
    named.add(config.text(Key.INTAKE_AGENCY));
  }

  /**
   * Wires the rooms over a home; nothing runs yet.
   *
   * @throws Usage in one line when something of the operator's is wrong: home, keys, disk
   */
  public static Farol open(Config config) {
    return open(config, InstantSource.system());
  }

  static Farol open(Config config, InstantSource clock) {
    WantedPort.check(config);
    var home = new Home(config.home()).open();
    try {
      Logging.into(home.logs(), config.text(Key.LOG_LEVEL));
      home.sweepLinks();
      var books = Books.reading(config, home);
      var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      var collector = Collector.open(config, home, clock, metrics);
      var desk =
          Desk.open(
              config,
              home,
              Shipped.folders(
                  "playbook-book", home.playbooks(), config.list(Key.PLAYBOOKS_FOLDERS)),
              id -> collector.search().event(id, Scope.national()),
              clock);
      var detection = Detection.open(config, home, books.get(), collector, desk, clock, metrics);
      return new Farol(config, home, collector, desk, detection, metrics, clock);
    } catch (Usage e) {
      home.close();
      throw e;
    } catch (JournalFault | StoreFault | LedgerFault | SealFault e) {
      home.close();
      throw new Usage(String.valueOf(e.getMessage()));
    }
  }

  /** Starts everything, listeners last. */
  public Farol start() {
    try {
      startInside();
      config.senders().pinned().stream()
          .map(PinnedListener::agency)
          .distinct()
          .forEach(named::pinned);
      rooms.add(listeners).start(this::status, archive::append);
    } catch (IntakeFault | IdentityFault | WebFault | Usage e) {
      close();
      throw new Usage(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    detection.listen();
    Thread.ofVirtual().name("deeds").start(this::checkDeeds);
    new Running(console(), ProcessHandle.current().pid(), Reaching.bound(bound())).tell(home);
    log.info("ready");
    return this;
  }

  // Who changed the ledger by hand is told of, if not stopped.
  private void checkDeeds() {
    try {
      desk.deeds()
          .firstBroken()
          .ifPresent(
              number ->
                  log.error("deed {} is not as it was written: the ledger was changed", number));
    } catch (RuntimeException e) { // the centre may close meanwhile
      log.warn("the deeds were not checked", e);
    }
  }

  /** Starts what works inside: journal, index, detection; no listener. */
  public Farol startInside() {
    rooms.add(home);
    rooms.add(desk);
    rooms.add(collector);
    rooms.add(detection);
    var retention = rooms.add(collector.retention(config, detection::detected, metrics));
    rooms.add(hunts);
    collector.start();
    var waiting = Backlog.open(home.rules().resolve(Watchlist.FOLDER).resolve(Backlog.FILE));
    detection.seek(rooms.add(new LookingBack(hunts, waiting).start()));
    detection.start();
    retention.start();
    return this;
  }

  /** Password of the first account, when this start made it. */
  public Optional<String> firstPassword() {
    return firstPassword;
  }

  /** The agencies. */
  public Agencies agencies() {
    return desk.people().agencies();
  }

  /** A new ingest token of an agency. */
  public String ingestToken(String agency, String label) {
    return desk.people().tokens().ingest(agency, label, "farol");
  }

  /** Takes archived lines. */
  public Archive archive() {
    return archive;
  }

  /** Events that match a query, of any time and agency. */
  public long eventsOf(String query) {
    var request =
        new SearchRequest(query, Scope.national(), Instant.EPOCH, FAR, 1, Optional.empty());
    return collector.search().run(Asker.CENTRE, request.query(), q -> q.find(request)).total();
  }

  /** Alerts that an import raised. */
  public long alertsOfLane(String lane) {
    var filter =
        new AlertFilter(
            Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(lane));
    return desk.alerts().list(filter, Scope.national(), 1, Optional.empty()).total();
  }

  /** How far everything has come. */
  public Status status() {
    var journal = collector.journal();
    return new Status(
        journal.received(),
        journal.durable(),
        collector.search().searchable(),
        detection.detected());
  }

  /** The rules in operation, for tests and commands of the same process. */
  public RuleDesk rules() {
    return detection.rules();
  }

  /** Where people work, for tests and commands of the same process. */
  public Desk desk() {
    return desk;
  }

  /** Listeners as they were really bound, by key of the configuration. */
  public Map<String, InetSocketAddress> bound() {
    return listeners.bound();
  }

  /** One listener by its key; throws {@link IllegalArgumentException} when it is off. */
  public InetSocketAddress listener(String key) {
    var address = bound().get(key);
    if (address == null) {
      throw new IllegalArgumentException("no listener " + key + " is open");
    }
    return address;
  }

  /** Address of the console. */
  public URI console() {
    return listeners.consoleAddress();
  }

  /** The line that says that every listener is bound, with what was really bound. */
  public String readyLine() {
    return listeners.readyLine();
  }

  @Override
  public void close() {
    rooms.close();
  }
}
