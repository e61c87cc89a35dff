package mo.farol.centre;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.account.Agencies;
import mo.farol.api.Status;
import mo.farol.event.Agency;
import mo.farol.event.Scope;
import mo.farol.identity.IdentityFault;
import mo.farol.intake.Intake;
import mo.farol.intake.IntakeFault;
import mo.farol.journal.JournalFault;
import mo.farol.ledger.AlertFilter;
import mo.farol.ledger.LedgerFault;
import mo.farol.onboard.Arrivals;
import mo.farol.onboard.Onboarding;
import mo.farol.onboard.TestLine;
import mo.farol.seal.SealFault;
import mo.farol.search.SearchRequest;
import mo.farol.store.StoreFault;
import mo.farol.web.WebConfig;
import mo.farol.web.WebFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The centre: every room wired, ground floor first, and closed in reverse. */
public final class Farol implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Farol.class);

  private static final int NEAR = 2; // letters between a name and one that was meant
  private static final Instant FAR = Instant.parse("2200-01-01T00:00:00Z");

  private final Config config;
  private final Home home;
  private final Collector collector;
  private final Desk desk;
  private final Detection detection;
  private final Archive archive;
  private final Optional<String> firstPassword;
  private final PrometheusMeterRegistry metrics;
  private final InstantSource clock;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private @Nullable Intake intake;
  private @Nullable Console console;
  private @Nullable MetricsServer metricsServer;

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
    this.clock = clock;
    archive = new Archive(collector.journal(), clock, this::know);
    firstPassword = desk.people().accounts().bootstrap();
    desk.people()
        .agencies()
        .add(new Agency(config.text(Key.INTAKE_AGENCY), config.text(Key.INTAKE_AGENCY)));
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
    var home = new Home(config.home()).open();
    try {
      Logging.into(home.logs(), config.text(Key.LOG_LEVEL));
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
    startInside();
    try {
      config.pinned().keySet().forEach(this::pinned);
      var senders = closing(Senders.open(config, home, desk.people(), InstantSource.system()));
      var served = closing(serve());
      console = served;
      detection.onChange(served::publish);
      intake =
          closing(
              collector
                  .intake(
                      config,
                      desk.people().tokens(),
                      senders.identity(),
                      InstantSource.system(),
                      metrics)
                  .start());
      if (config.port(Key.METRICS_PORT) >= 0) {
        metricsServer =
            closing(
                MetricsServer.bind(config.text(Key.BIND), config.port(Key.METRICS_PORT), metrics));
        metricsServer.start();
      }
    } catch (IntakeFault | IdentityFault | WebFault | Usage e) {
      close();
      throw new Usage(String.valueOf(e.getMessage()));
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
    closing(home);
    closing(desk);
    closing(collector);
    closing(detection);
    var retention = closing(collector.retention(config, detection::detected, clock, metrics));
    collector.start();
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

  // A listener may be of an agency nobody has added: it becomes one, but not in silence.
  private void pinned(String id) {
    if (agencies().find(id).isPresent()) {
      return;
    }
    String near =
        agencies().all(Scope.national()).stream()
            .filter(known -> Distance.between(known.id(), id) <= NEAR)
            .findFirst()
            .map(known -> "; did you mean '" + known.id() + "'?")
            .orElse("");
    log.warn(
        "intake.pinned names agency '{}', which nobody has added: it is one from now on{}",
        id,
        near);
    know(id);
  }

  // An archive may be of an agency nobody has named yet: from now on it is one.
  private void know(String agency) {
    agencies().add(new Agency(agency, agency));
  }

  /** Events that match a query, of any time and agency. */
  public long eventsOf(String query) {
    var request =
        new SearchRequest(query, Scope.national(), Instant.EPOCH, FAR, 1, Optional.empty());
    return collector.search().find(request).total();
  }

  /** Alerts that an import raised. */
  public long alertsOfLane(String lane) {
    var filter =
        new AlertFilter(
            java.util.Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(lane));
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

  /** Where people work, for tests and commands of the same process. */
  public Desk desk() {
    return desk;
  }

  /** Listeners as they were really bound, by key of the configuration. */
  public Map<String, InetSocketAddress> bound() {
    return intake == null ? Map.of() : intake.bound();
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
    return URI.create(
        (config.flag(Key.CONSOLE_TLS) ? "https" : "http")
            + "://"
            + config.text(Key.BIND)
            + ":"
            + consolePort());
  }

  /** The line that says that every listener is bound, with what was really bound. */
  public String readyLine() {
    List<String> words = new ArrayList<>();
    words.add("ready");
    words.add("console=" + console());
    bound().forEach((key, address) -> words.add(key + "=" + text(address)));
    if (metricsServer != null) {
      words.add("metrics=" + text(metricsServer.address()));
    }
    return String.join(" ", words);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      var room = open.pop();
      try {
        room.close();
      } catch (Exception e) { // the others must still be closed
        log.error("closing {} failed", room.getClass().getSimpleName(), e);
      }
    }
  }

  private Console serve() {
    var web =
        new WebConfig(
            config.text(Key.BIND),
            Math.max(0, config.port(Key.CONSOLE_PORT)),
            config.flag(Key.CONSOLE_TLS),
            home.keys());
    return new Console(
            web,
            desk,
            onboarding(),
            collector.search(),
            detection.sources(),
            detection.replay(collector),
            this::status,
            collector.health(),
            archive::append,
            collector.seal(),
            collector.prover(),
            config.sources(),
            InstantSource.system(),
            metrics)
        .start();
  }

  private Onboarding onboarding() {
    var people = desk.people();
    return new Onboarding(
        people.agencies(),
        people.tokens(),
        people.certificates(),
        new Arrivals(collector.journal()),
        new TestLine(people.tokens(), () -> Reaching.http(config, bound())),
        () -> Reaching.of(config, Reaching.bound(bound())));
  }

  private int consolePort() {
    return console == null ? config.port(Key.CONSOLE_PORT) : console.port();
  }

  private <T extends AutoCloseable> T closing(T room) {
    open.push(room);
    return room;
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
