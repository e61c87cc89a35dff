package mo.farol.centre;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import mo.farol.flow.AssignedLog;
import mo.farol.flow.Follower;
import mo.farol.flow.Recall;
import mo.farol.health.Backups;
import mo.farol.health.Endings;
import mo.farol.health.Health;
import mo.farol.hunt.Hunter;
import mo.farol.intake.Input;
import mo.farol.intake.Intake;
import mo.farol.intake.IntakeConfig;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalConfig;
import mo.farol.journal.JournalFault;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.proof.Prover;
import mo.farol.proof.Standing;
import mo.farol.retention.CautiousClock;
import mo.farol.retention.Retention;
import mo.farol.retention.RetentionPolicy;
import mo.farol.seal.Seal;
import mo.farol.seal.SealConfig;
import mo.farol.seal.SealFault;
import mo.farol.seal.VerifierKey;
import mo.farol.search.LaneConfig;
import mo.farol.search.Search;
import mo.farol.search.SearchConfig;
import mo.farol.store.Store;
import mo.farol.store.StoreConfig;
import mo.farol.wire.IngestTokens;
import mo.farol.wire.IntakeTls;

/** The collector's rooms, ground floor first: journal, index, the way back, search. */
record Collector(
    Journal journal,
    Store store,
    Recall recall,
    Search search,
    Follower indexing,
    Seal seal,
    Prover prover,
    CautiousClock age)
    implements AutoCloseable {
  private static final long PENDING_BYTES = 64L << 20;
  private static final int OPEN_SHARDS = 4;
  private static final Duration COMMIT = Duration.ofSeconds(5);

  static Collector open(Config config, Home home, InstantSource clock, MeterRegistry metrics) {
    keeping(config); // what is wrong with it is told before anything starts
    var journal =
        Journal.open(
            new JournalConfig(
                home.journal(),
                config.bytes(Key.JOURNAL_SEGMENT),
                PENDING_BYTES,
                config.bytes(Key.JOURNAL_RESERVE)),
            metrics);
    var store =
        Store.open(
            new StoreConfig(home.index(), config.bytes(Key.STORE_BUFFER), COMMIT, OPEN_SHARDS),
            clock,
            metrics);
    var recall = new Recall(journal);
    var search =
        new Search(store, recall, SearchConfig.defaults(), LaneConfig.defaults(), clock, metrics);
    var indexing = new Follower(journal, parser(), store, metrics);
    var seal = Seal.open(sealing(config, home), journal, clock, metrics);
    // Where the journal's own end was lost, what was indexed or sealed is not given a second time.
    journal.advanceTo(Math.max(store.had(), seal.sealed()));
    return new Collector(
        journal,
        store,
        recall,
        search,
        indexing,
        seal,
        new Prover(journal, seal),
        CautiousClock.over(clock, journal, lastHead(seal)));
  }

  private static Optional<Instant> lastHead(Seal seal) {
    try {
      return seal.heads().last().map(signed -> signed.head().at());
    } catch (SealFault e) {
      return Optional.empty(); // told as what it is: the seal's trouble
    }
  }

  private static SealConfig sealing(Config config, Home home) {
    try {
      return new SealConfig(
          home.seal(),
          home.sealKey(),
          config.time(Key.SEAL_EVERY),
          config.list(Key.SEAL_WITNESSES).stream().map(VerifierKey::parse).toList(),
          Optional.of(config.text(Key.SEAL_TSA)).filter(url -> !url.isBlank()).map(URI::create),
          config.time(Key.SEAL_STAMPS));
    } catch (IllegalArgumentException e) {
      throw new Usage("seal.witnesses or seal.tsa can't be read: " + e.getMessage());
    }
  }

  /** Removes what is over, once index and detection have seen it. */
  Retention retention(Config config, LongSupplier detected, MeterRegistry metrics) {
    metrics.gauge("farol_retention_clock_ahead_seconds", age, each -> each.ahead().toSeconds());
    return new Retention(
        keeping(config),
        config.dataClasses(),
        journal,
        seal,
        store::forget,
        () -> Math.min(indexing.next(), detected.getAsLong()),
        age,
        metrics);
  }

  static RetentionPolicy keeping(Config config) {
    try {
      return new RetentionPolicy(
          Optional.of(Key.RETENTION_DEFAULT)
              .filter(key -> !config.text(key).isBlank())
              .map(config::time),
          config.times(Key.RETENTION_AGENCIES),
          config.times(Key.RETENTION_INPUTS),
          config.keptClasses());
    } catch (IllegalArgumentException e) {
      throw new Usage("retention: " + e.getMessage());
    }
  }

  /** How the journal, the index and the seal are, what ends soon, and what of backups. */
  Health health(Endings endings, Backups backups) {
    return new Health(
        () -> journal.fault().map(JournalFault::getMessage),
        indexing::isStumbling,
        seal::isBroken,
        () -> Standing.damages(journal).size(),
        store::mendings,
        age::ahead,
        endings::urgent,
        backups);
  }

  /** Whether the home is backed up, from the first signed head on. */
  Backups backups(Config config, Home home, InstantSource clock) {
    var within =
        Optional.of(Key.BACKUP_WITHIN).filter(key -> !config.text(key).isBlank()).map(config::time);
    return new Backups(home.folder(), within, this::firstHead, clock);
  }

  private Optional<Instant> firstHead() {
    try {
      return seal.heads().covering(0).map(signed -> signed.head().at());
    } catch (SealFault e) {
      return Optional.empty(); // told as what it is: the seal's trouble
    }
  }

  /** How what can be proven stands now. */
  Standing standing(InstantSource clock) {
    return Standing.of(journal, seal, clock);
  }

  static Parser parser() {
    return new Parser(ParseConfig.defaults());
  }

  Intake intake(
      Config config,
      IngestTokens tokens,
      IntakeTls tls,
      InstantSource clock,
      MeterRegistry metrics) {
    var senders = config.senders();
    var assigned = new AssignedLog(journal, senders.sources()::settle);
    var settings =
        new IntakeConfig(
            config.text(Key.BIND),
            ports(config),
            Math.toIntExact(config.bytes(Key.INTAKE_FRAME_LIMIT)),
            senders.pinned(),
            config.text(Key.INTAKE_AGENCY),
            senders.tlsClients(),
            !config.flag(Key.INTAKE_TLS_REQUIRED),
            IntakeConfig.UDP_BUFFER_BYTES,
            PENDING_BYTES,
            senders.quotas(),
            senders.agencyConnections(),
            senders.framing(Key.INTAKE_FRAMING_TCP),
            senders.framing(Key.INTAKE_FRAMING_TLS));
    return new Intake(settings, assigned, tokens, Optional.of(tls), clock, metrics);
  }

  private static Map<Input, Integer> ports(Config config) {
    return Arrays.stream(Input.values())
        .collect(Collectors.toMap(input -> input, input -> config.port(Key.named(input.key()))));
  }

  /** Goes through history. */
  Hunter hunter() {
    return new Hunter(store, journal, search);
  }

  void start() {
    journal.start();
    indexing.start();
    seal.start();
  }

  @Override
  public void close() {
    seal.close();
    search.close();
    indexing.close();
    store.close();
    journal.close();
  }
}
