package mo.farol.crash;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import mo.farol.flow.Follower;
import mo.farol.flow.Recall;
import mo.farol.intake.Input;
import mo.farol.intake.Intake;
import mo.farol.intake.IntakeConfig;
import mo.farol.journal.Journal;
import mo.farol.parse.ClassRules;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.retention.Retention;
import mo.farol.retention.RetentionPolicy;
import mo.farol.seal.Seal;
import mo.farol.search.Search;
import mo.farol.search.SearchConfig;
import mo.farol.store.Store;

/** The collector's rooms over a home, wired as the centre wires them. */
record Rooms(
    Journal journal,
    Store store,
    Search search,
    Follower indexing,
    Seal seal,
    Retention retention,
    MeterRegistry metrics)
    implements AutoCloseable {
  /** Keeps its events. */
  static final String LASTING = "lasting";

  /** Keeps its events a second. */
  static final String FLEETING = "fleeting";

  private static final Duration LEAST_KEPT = Duration.ofMinutes(1);
  private static final Duration AHEAD = LEAST_KEPT.minusSeconds(1);

  static Rooms open(Home home) {
    var metrics = new SimpleMeterRegistry();
    var clock = InstantSource.system();
    var journal = Journal.open(home.journalConfig(), metrics);
    var store = Store.open(home.storeConfig(), clock, metrics);
    var search = new Search(store, new Recall(journal), SearchConfig.defaults());
    var indexing = new Follower(journal, new Parser(ParseConfig.defaults()), store, metrics);
    var seal = Seal.open(home.sealConfig(), journal, clock, metrics);
    journal.advanceTo(Math.max(store.had(), seal.sealed()));
    var retention =
        new Retention(
            new RetentionPolicy(Optional.empty(), Map.of(FLEETING, LEAST_KEPT), Map.of(), Map.of()),
            ClassRules.NONE,
            journal,
            seal,
            store::forget,
            indexing::next,
            InstantSource.offset(clock, AHEAD),
            metrics);
    return new Rooms(journal, store, search, indexing, seal, retention, metrics);
  }

  Rooms start() {
    journal.start();
    indexing.start();
    seal.start();
    return this;
  }

  /** RELP for the lasting agency, HTTP for whoever's name the token is. */
  Intake intake() {
    return new Intake(
        IntakeConfig.local(LASTING).withPorts(Map.of(Input.RELP, 0, Input.HTTP, 0)),
        journal,
        Optional::of,
        Optional.empty(),
        InstantSource.system(),
        metrics);
  }

  @Override
  public void close() {
    retention.close();
    seal.close();
    indexing.close();
    store.close();
    journal.close();
  }
}
