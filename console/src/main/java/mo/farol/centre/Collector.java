package mo.farol.centre;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mo.farol.flow.AssignedLog;
import mo.farol.flow.Follower;
import mo.farol.flow.Recall;
import mo.farol.intake.Input;
import mo.farol.intake.Intake;
import mo.farol.intake.IntakeConfig;
import mo.farol.intake.PinnedListener;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalConfig;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.search.Search;
import mo.farol.search.SearchConfig;
import mo.farol.store.Store;
import mo.farol.store.StoreConfig;
import mo.farol.wire.IngestTokens;
import mo.farol.wire.IntakeTls;

/** The collector's rooms, ground floor first: journal, index, the way back, search. */
record Collector(Journal journal, Store store, Recall recall, Search search, Follower indexing)
    implements AutoCloseable {
  private static final long PENDING_BYTES = 64L << 20;
  private static final int OPEN_SHARDS = 4;
  private static final Duration COMMIT = Duration.ofSeconds(5);

  static Collector open(Config config, Home home, InstantSource clock, MeterRegistry metrics) {
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
    var search = new Search(store, recall, SearchConfig.defaults());
    var indexing = new Follower(journal, parser(), store, metrics);
    return new Collector(journal, store, recall, search, indexing);
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
    var assigned = new AssignedLog(journal, config.sources()::settle);
    var settings =
        new IntakeConfig(
            config.text(Key.BIND),
            ports(config),
            Math.toIntExact(config.bytes(Key.INTAKE_FRAME_LIMIT)),
            config.pinned().entrySet().stream()
                .map(e -> new PinnedListener(e.getKey(), "tcp", e.getValue()))
                .toList(),
            config.text(Key.INTAKE_AGENCY),
            config.tlsClients(),
            !config.flag(Key.INTAKE_TLS_REQUIRED),
            IntakeConfig.UDP_BUFFER_BYTES,
            PENDING_BYTES,
            config.quotas());
    return new Intake(settings, assigned, tokens, Optional.of(tls), clock, metrics);
  }

  private static Map<Input, Integer> ports(Config config) {
    return Arrays.stream(Input.values())
        .collect(Collectors.toMap(input -> input, input -> config.port(Key.named(input.key()))));
  }

  void start() {
    journal.start();
    indexing.start();
  }

  @Override
  public void close() {
    indexing.close();
    store.close();
    journal.close();
  }
}
