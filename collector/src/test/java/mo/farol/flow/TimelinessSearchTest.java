package mo.farol.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Event;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;
import mo.farol.journal.MemoryLog;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.search.Asker;
import mo.farol.search.Search;
import mo.farol.search.SearchConfig;
import mo.farol.search.SearchRequest;
import mo.farol.store.Store;
import mo.farol.store.StoreConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sender's clock says beside ours, from the journal to an answer of the search. */
class TimelinessSearchTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-24T10:00:00Z");

  @TempDir private Path folder;
  private final MemoryLog log = new MemoryLog();
  private Store store;
  private Search search;
  private Follower indexing;

  @BeforeEach
  void open() {
    store =
        Store.open(
            new StoreConfig(folder, 8 << 20, Duration.ofSeconds(5), 4),
            InstantSource.system(),
            new SimpleMeterRegistry());
    search = new Search(store, new Recall(log), SearchConfig.defaults());
    indexing =
        new Follower(log, new Parser(ParseConfig.defaults()), store, new SimpleMeterRegistry())
            .start();
  }

  @AfterEach
  void close() {
    indexing.close();
    store.close();
  }

  @Test
  void events_ahead_and_late_are_found_by_it_and_an_import_is_neither() {
    String ahead = "<13>1 2026-11-24T10:10:00Z h app - - - ahead";
    String late = "<13>1 2026-11-22T10:00:00Z h app - - - late";
    var live = Origin.live("a", "syslog.tcp", "192.0.2.1");
    append(live, ahead, late, "<13>1 2026-11-24T09:59:59Z h app - - - fine", "<13>untimed");
    append(new Origin("a", "import", "f", "import-1", false, "", 2026, "UTC"), ahead, late);

    assertThat(messages("farol.ahead:*")).containsExactly("ahead");
    assertThat(messages("farol.late:*")).containsExactly("late");
    assertThat(messages("farol.late:172800 AND message:late")).containsExactly("late");
    assertThat(messages("farol.late:>=86400")).containsExactly("late");
    assertThat(messages("NOT farol.late:* AND NOT farol.ahead:*")).hasSize(4);
    assertThat(found("farol.ahead:*").getFirst().fields()).containsEntry("farol.ahead", "600");
  }

  private List<String> messages(String query) {
    return found(query).stream().map(Event::message).toList();
  }

  private List<Event> found(String query) {
    var request =
        new SearchRequest(
            query,
            Scope.national(),
            Instant.EPOCH,
            RECEIVED.plus(Duration.ofDays(1)),
            100,
            Optional.empty());
    return search.run(Asker.CENTRE, "", questions -> questions.find(request)).events();
  }

  private void append(Origin origin, String... lines) {
    log.append(
        FrameBatch.ofTexts(origin, RECEIVED, lines),
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {
            // waited for below
          }

          @Override
          public void failed(JournalFault fault) {
            throw fault;
          }
        });
    await().atMost(Duration.ofSeconds(20)).until(() -> store.searchable() >= log.durable());
  }
}
