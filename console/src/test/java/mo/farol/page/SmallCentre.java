package mo.farol.page;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import mo.farol.account.Accounts;
import mo.farol.account.Agencies;
import mo.farol.account.Certificates;
import mo.farol.account.OnePassword;
import mo.farol.account.Person;
import mo.farol.account.Role;
import mo.farol.account.Sessions;
import mo.farol.account.Tokens;
import mo.farol.alert.Alert;
import mo.farol.alert.DecisionBook;
import mo.farol.alert.RiskBook;
import mo.farol.api.Status;
import mo.farol.centre.Desk;
import mo.farol.decision.AssetBook;
import mo.farol.decision.Decisions;
import mo.farol.event.Scope;
import mo.farol.export.ExportConfig;
import mo.farol.export.Exports;
import mo.farol.hunt.Hunts;
import mo.farol.hunt.LateHits;
import mo.farol.hunting.HuntDesk;
import mo.farol.incident.Incidents;
import mo.farol.indicator.Watchlist;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.HuntRows;
import mo.farol.playbook.Playbooks;
import mo.farol.playbook.Runs;
import mo.farol.proof.Standing;
import mo.farol.rulebook.RuleDesk;
import mo.farol.rulebook.RuleFolders;
import mo.farol.rulebook.RuleReading;
import mo.farol.saved.Shelf;
import mo.farol.seal.Seal;
import mo.farol.search.Asker;
import mo.farol.search.Search;
import mo.farol.silence.SilenceConfig;
import mo.farol.silence.Sources;
import mo.farol.web.LiveEvent;
import mo.farol.web.WebConfig;
import org.awaitility.Awaitility;

/**
 * A centre as small as a test needs it, of real pieces in a folder of its own: journal, index,
 * ledger, console. Nothing detects: tests raise the alerts they want to see.
 */
public final class SmallCentre implements AutoCloseable {
  public static final String PASSWORD = OnePassword.TEXT;
  private static final DecisionBook DECIDING = DecisionBook.shipped();

  private final SmallCollector collector;
  private final Desk desk;
  private final SmallConsole console;
  private final Hunts hunts;
  private final HuntDesk hunting;
  private final boolean tls;
  private boolean closed;
  private volatile Instant now = Instant.parse("2026-11-24T09:30:00Z");

  public final InstantSource clock = () -> now;
  public final Search search;
  public final Sources sources;
  public final Deeds deeds;
  public final Incidents incidents;
  public final Playbooks playbooks;
  public final Runs runs;
  public final Accounts accounts;
  public final Agencies agencies;
  public final Sessions sessions;
  public final Tokens tokens;
  public final Certificates certificates;
  public final Shelf shelf;
  public final Watchlist indicators;
  public final RuleDesk rules;
  public final RiskBook risk = new RiskBook();
  final InjectedFaults faults;
  final SmallOnboarding onboarding;

  public SmallCentre(Path home, boolean tls) {
    this(home, tls, ExportConfig.defaults());
  }

  public SmallCentre(Path home, boolean tls, ExportConfig exporting) {
    this(home, tls, exporting, Optional.empty());
  }

  private SmallCentre(Path home, boolean tls, ExportConfig exporting, Optional<Path> book) {
    this.tls = tls;
    sources = new Sources(SilenceConfig.defaults(), clock);
    collector = new SmallCollector(home, sources);
    search = collector.search();
    desk = SmallDesk.open(home, search, clock);
    deeds = desk.deeds();
    incidents = desk.incidents();
    playbooks = desk.playbooks();
    runs = desk.runs();
    accounts = desk.people().accounts();
    agencies = desk.people().agencies();
    sessions = desk.people().sessions();
    tokens = desk.people().tokens();
    certificates = desk.people().certificates();
    shelf = desk.shelf();
    indicators = watchlist(home);
    rules = rules(home, book);
    hunts = new Hunts(collector.hunter(), new HuntRows(desk.ledger(), deeds, clock), clock);
    hunting = new HuntDesk(hunts, new LateHits(), () -> rules.rules().now().rules(), clock);
    faults = new InjectedFaults(home, collector.seal(), desk.people(), clock);
    onboarding = new SmallOnboarding(home, desk, collector.journal(), faults.endings(), clock);
    console =
        new SmallConsole(
            new WebConfig("127.0.0.1", 0, tls, home.resolve("keys")),
            desk,
            collector,
            onboarding.onboarding(),
            sources,
            this::standing,
            faults.health(),
            hunting,
            new Exports(search, deeds, exporting),
            indicators,
            rules,
            decisions(home),
            clock);
  }

  /** One in which the rule book that ships is in force, which takes a while to read. */
  public static SmallCentre withBook(Path home) {
    var book = Optional.of(Path.of("../rules/book"));
    return new SmallCentre(home, false, ExportConfig.defaults(), book);
  }

  private Watchlist watchlist(Path home) {
    var watchlist =
        new Watchlist(
            home.resolve("rules").resolve(Watchlist.FOLDER),
            home.resolve("keys"),
            clock,
            new SimpleMeterRegistry());
    watchlist.recordIn(deeds::record);
    return watchlist;
  }

  private RuleDesk rules(Path home, Optional<Path> book) {
    var folders = new RuleFolders(home.resolve("rules"), List.of(), book);
    var reading = new RuleReading(folders);
    return RuleDesk.open(
        reading, reading.read(Map.of()), desk.ledger(), deeds, clock, new SimpleMeterRegistry());
  }

  private Decisions decisions(Path home) {
    return new Decisions(
        () -> DECIDING,
        List::of,
        desk.covers(),
        desk.alerts().precision(),
        risk,
        new AssetBook(home.resolve("rules/assets.csv"), deeds, clock),
        clock);
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

  public Status status() {
    return collector.status();
  }

  public URI address(String path) {
    return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + console.port() + path);
  }

  /** Name of the cookie that holds a session. */
  String cookie() {
    return tls ? "__Host-farol" : "farol";
  }

  public void account(String name, Role role, Optional<String> agency) {
    OnePassword.add(accounts, new Person(name, name, role, agency), "test");
  }

  public String token(String name) {
    return tokens.api(accounts.find(name).orElseThrow(), "test", Optional.empty(), "test");
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

  /** Makes everything sent durable, known to the sources and searchable. */
  public void settle() {
    collector.settle();
  }

  public void raise(Alert alert) {
    var book = desk.alerts().book();
    book.save(alert);
    book.checkpoint(book.next());
    incidents.catchUp();
  }

  /** Queries that are followed now. */
  public int following() {
    return console.following();
  }

  /** Pages that listen now. */
  public int listening() {
    return console.listening();
  }

  public void publish(LiveEvent event) {
    console.publish(event);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    console.close();
    hunts.close();
    desk.close();
    collector.close();
  }
}
