package mo.farol.page;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mo.farol.account.Accounts;
import mo.farol.account.Agencies;
import mo.farol.account.Certificates;
import mo.farol.account.Person;
import mo.farol.account.Role;
import mo.farol.account.Sessions;
import mo.farol.account.Tokens;
import mo.farol.alert.Alert;
import mo.farol.alert.DecisionBook;
import mo.farol.alert.RiskBook;
import mo.farol.api.Api;
import mo.farol.api.Status;
import mo.farol.decision.AssetBook;
import mo.farol.decision.Decisions;
import mo.farol.event.Scope;
import mo.farol.export.ExportConfig;
import mo.farol.export.Exports;
import mo.farol.health.Backups;
import mo.farol.health.Ending;
import mo.farol.health.Endings;
import mo.farol.health.Health;
import mo.farol.hunt.Hunts;
import mo.farol.hunt.LateHits;
import mo.farol.hunting.HuntDesk;
import mo.farol.incident.IncidentPolicy;
import mo.farol.incident.Incidents;
import mo.farol.indicator.Watchlist;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.SuppressionRules;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.HuntRows;
import mo.farol.ledger.Ledger;
import mo.farol.onboard.Arrivals;
import mo.farol.onboard.AtHand;
import mo.farol.onboard.Doors;
import mo.farol.onboard.Onboarding;
import mo.farol.onboard.Reach;
import mo.farol.onboard.TestLine;
import mo.farol.parse.SourceRules;
import mo.farol.playbook.Playbooks;
import mo.farol.playbook.Runs;
import mo.farol.proof.Standing;
import mo.farol.report.Reports;
import mo.farol.rulebook.RuleDesk;
import mo.farol.rulebook.RuleFolders;
import mo.farol.rulebook.RuleReading;
import mo.farol.saved.SavedSearches;
import mo.farol.saved.SearchHistory;
import mo.farol.saved.Shelf;
import mo.farol.seal.Seal;
import mo.farol.search.Asker;
import mo.farol.search.LaneConfig;
import mo.farol.search.Search;
import mo.farol.silence.SilenceConfig;
import mo.farol.silence.Sources;
import mo.farol.store.Mending;
import mo.farol.web.Live;
import mo.farol.web.LiveEvent;
import mo.farol.web.Route;
import mo.farol.web.WebConfig;
import mo.farol.web.WebServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A centre as small as a test needs it, of real pieces in a folder of its own: journal, index,
 * ledger, console. Nothing detects: tests raise the alerts they want to see.
 */
public final class SmallCentre implements AutoCloseable {
  public static final String PASSWORD = "lighthouse-2026";
  private static final DecisionBook DECIDING = DecisionBook.shipped();
  private static final int MOST_OF_ONE = LaneConfig.defaults().mostOfOne();

  private final SmallCollector collector;
  private final Ledger ledger;
  private final Live live = new Live();
  private final WebServer server;
  private final Endings endings;
  private final Path home;
  private final boolean tls;
  private boolean closed;
  volatile @Nullable String journalFault;
  volatile int quarantined;
  volatile @Nullable Instant began;

  /** Days of the index that are or were made again. */
  volatile List<Mending> mendings = List.of();

  /** How far the clock is ahead of what is believed. */
  volatile Duration ahead = Duration.ZERO;

  volatile Map<String, InetSocketAddress> doors = Map.of();
  final List<Ending> ownEndings = new CopyOnWriteArrayList<>();
  private volatile Instant now = Instant.parse("2026-11-24T09:30:00Z");

  public final InstantSource clock = () -> now;
  public final Search search;
  public final Sources sources;
  public final Deeds deeds;
  public final AlertQueue alerts;
  public final Incidents incidents;
  public final Playbooks playbooks;
  public final Runs runs;
  public final Reports reports;
  public final Accounts accounts;
  public final Agencies agencies;
  public final Sessions sessions;
  public final Tokens tokens;
  public final Certificates certificates;
  public final Shelf shelf;
  public final Watchlist indicators;
  public final RuleDesk rules;
  public final RiskBook risk = new RiskBook();
  private final Exports exports;
  private final Hunts hunts;
  private final HuntDesk hunting;
  private final LateHits late = new LateHits();
  public final List<String> imported = new ArrayList<>();

  public SmallCentre(Path home, boolean tls) {
    this(home, tls, ExportConfig.defaults());
  }

  public SmallCentre(Path home, boolean tls, ExportConfig exporting) {
    this.home = home;
    this.tls = tls;
    sources = new Sources(SilenceConfig.defaults(), clock);
    collector = new SmallCollector(home, sources);
    search = collector.search();
    ledger = Ledger.openSqlite(home.resolve("ledger.db"));
    deeds = new Deeds(ledger, clock);
    alerts = new AlertQueue(ledger, deeds);
    incidents = new Incidents(ledger, deeds, alerts, clock, IncidentPolicy.reference());
    playbooks = Playbooks.load(List.of(Path.of("../playbooks/book")));
    runs = new Runs(ledger, deeds, playbooks, incidents, clock);
    reports =
        new Reports(
            ledger,
            deeds,
            incidents,
            alerts,
            runs,
            id -> search.event(id, Scope.national()),
            clock);
    accounts = new Accounts(ledger, deeds, clock);
    agencies = new Agencies(ledger, deeds, clock);
    sessions = new Sessions(ledger, clock);
    tokens = new Tokens(ledger, deeds, clock);
    certificates = new Certificates(ledger, deeds, clock, home.resolve("keys"), Optional.empty());
    endings = new Endings(certificates, tokens, () -> List.copyOf(ownEndings), clock);
    shelf = new Shelf(new SavedSearches(ledger, deeds, clock), new SearchHistory(ledger, clock));
    exports = new Exports(search, deeds, exporting);
    indicators =
        new Watchlist(
            home.resolve("rules").resolve(Watchlist.FOLDER),
            home.resolve("keys"),
            clock,
            new SimpleMeterRegistry());
    indicators.recordIn(deeds::record);
    var reading =
        new RuleReading(
            new RuleFolders(
                home.resolve("rules"), List.of(), Optional.of(Path.of("../rules/book"))));
    rules =
        RuleDesk.open(
            reading, reading.read(Map.of()), ledger, deeds, clock, new SimpleMeterRegistry());
    hunts = new Hunts(collector.hunter(), new HuntRows(ledger, deeds, clock), clock);
    hunting = new HuntDesk(hunts, late, () -> rules.rules().now().rules(), clock);
    server = serve(home);
  }

  private WebServer serve(Path home) {
    var replay = collector.replay();
    var decisions =
        new Decisions(
            () -> DECIDING,
            List::of,
            new SuppressionRules(ledger, deeds, clock),
            alerts.precision(),
            risk,
            new AssetBook(home.resolve("rules/assets.csv"), deeds, clock),
            clock);
    var pages =
        new Pages(
            accounts,
            agencies,
            onboarding(),
            search,
            sources,
            replay,
            alerts,
            incidents,
            playbooks,
            runs,
            reports,
            collector.prover(),
            this::standing,
            shelf,
            hunting,
            exports,
            clock,
            SourceRules.of(List.of("finance 192.0.2.0/24 kv Asia/Macau")),
            indicators,
            health(),
            decisions,
            this::server);
    var api =
        new Api(
            onboarding(),
            search,
            this::status,
            health(),
            sources,
            replay,
            alerts,
            incidents,
            playbooks,
            runs,
            reports,
            (agency, lane, format, year, zone, file, lines) -> {
              imported.add(agency + " " + lane + " " + lines.length);
              return collector.next();
            },
            collector.seal(),
            collector.prover(),
            this::standing,
            deeds,
            shelf,
            hunting,
            exports,
            SourceRules.of(List.of("finance 192.0.2.0/24 kv Asia/Macau")),
            indicators,
            decisions,
            clock);
    List<Route> routes = new ArrayList<>(pages.with(rules).routes());
    routes.addAll(api.with(rules).routes());
    var config = new WebConfig("127.0.0.1", 0, tls, home.resolve("keys"));
    return new WebServer(config, sessions, tokens, live, pages::problem, routes).start();
  }

  // Whoever measures looks once a minute; here nobody waits for it.
  private List<Ending> urgent() {
    endings.look();
    return endings.urgent();
  }

  private Health health() {
    return new Health(
        () -> Optional.ofNullable(journalFault),
        () -> false,
        collector.seal()::isBroken,
        () -> quarantined,
        () -> mendings,
        () -> ahead,
        this::urgent,
        new Backups(
            home, Optional.of(Duration.ofDays(7)), () -> Optional.ofNullable(began), clock));
  }

  /** Hunts for a rule and waits; the hunt's id. */
  String hunt(String rule, String by) {
    var wanted =
        hunting.wanted(
            new HuntDesk.Sent("", rule, "", "", "", "", Optional.empty(), Optional.empty()));
    var who = new Asker.Who(by, Scope.national());
    String id = hunts.begin(wanted, who).entry().id();
    Awaitility.await().until(() -> hunts.find(id, who.scope()).orElseThrow().progress().isEmpty());
    return id;
  }

  /** How what can be proven stands now. */
  Standing standing() {
    return Standing.of(collector.journal(), collector.seal(), clock);
  }

  Seal seal() {
    return collector.seal();
  }

  // Nothing listens here: a test line has nowhere to go.
  private Onboarding onboarding() {
    var ports =
        Map.of(
            "intake.http",
            5580,
            "intake.syslog.tls",
            6514,
            "intake.relp",
            2514,
            "intake.lumberjack",
            5044,
            "intake.syslog.tcp.finance",
            5614);
    return new Onboarding(
        agencies,
        tokens,
        certificates,
        new Arrivals(collector.journal()),
        new TestLine(
            tokens,
            certificates,
            new AtHand(home.resolve("agencies"), certificates, clock),
            () -> new Doors(doors, "agency-a", false, Set.of()),
            deeds),
        endings,
        () -> new Reach("intake.example", true, Set.of("intake.example"), ports, "agency-a"));
  }

  private WebServer server() {
    return server;
  }

  public Status status() {
    return collector.status();
  }

  public URI address(String path) {
    return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + server.port() + path);
  }

  public void account(String name, Role role, Optional<String> agency) {
    accounts.add(new Person(name, name, role, agency), PASSWORD, "test");
  }

  public String token(String name) {
    return tokens.api(accounts.find(name).orElseThrow(), "test", Optional.empty(), "test");
  }

  public void at(Instant instant) {
    now = instant;
  }

  public void later(Duration duration) {
    now = now.plus(duration);
  }

  /** Sends lines as an agency's sender does; gives the sequence of the first once it is durable. */
  public CompletableFuture<Long> send(String agency, Instant receivedAt, String... lines) {
    return collector.send(agency, receivedAt, lines);
  }

  /** The same for lines that their sender sends again, having heard no answer. */
  public CompletableFuture<Long> sendAgain(String agency, Instant receivedAt, String... lines) {
    return collector.sendAgain(agency, receivedAt, lines);
  }

  /** From now on each event of an answer takes so long to be read back. */
  public void readSlowly(Duration each) {
    collector.readSlowly(each);
  }

  /** Searches that were refused. */
  public double refusedSearches() {
    return collector.refused();
  }

  /**
   * Lets somebody have as many searches under way as one person may, until the returned one is
   * released. Until then every other of theirs is refused.
   */
  public CountDownLatch crowd(Asker asker) {
    var release = new CountDownLatch(1);
    for (int i = 0; i < MOST_OF_ONE; i++) {
      Thread.startVirtualThread(
          () ->
              search.run(
                  asker,
                  "crowd",
                  _ -> {
                    try {
                      return release.await(1, TimeUnit.MINUTES);
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  }));
    }
    Awaitility.await()
        .until(
            () ->
                search.underWay(asker).stream().filter(u -> u.query().equals("crowd")).count()
                    == MOST_OF_ONE);
    return release;
  }

  /** Makes everything sent durable, known to the sources and searchable. */
  public void settle() {
    collector.settle();
  }

  public void raise(Alert alert) {
    alerts.book().save(alert);
    alerts.book().checkpoint(alerts.book().next());
    incidents.catchUp();
  }

  /** Queries that are followed now. */
  public int following() {
    return server.following();
  }

  /** Pages that listen now. */
  public int listening() {
    return server.listening();
  }

  public void publish(LiveEvent event) {
    live.publish(event);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.close();
    hunts.close();
    shelf.close();
    ledger.close();
    collector.close();
  }
}
