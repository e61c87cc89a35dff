package mo.farol.hunting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mo.farol.flow.Recall;
import mo.farol.hunt.HuntBook;
import mo.farol.hunt.HuntEntry;
import mo.farol.hunt.Hunter;
import mo.farol.hunt.Hunts;
import mo.farol.indicator.Backlog;
import mo.farol.indicator.Indicator;
import mo.farol.indicator.Kind;
import mo.farol.indicator.Novelties;
import mo.farol.indicator.Tlp;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalConfig;
import mo.farol.search.Search;
import mo.farol.search.SearchConfig;
import mo.farol.store.Store;
import mo.farol.store.StoreConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** New indicators are looked for in history once, whenever the centre stops. */
@Timeout(120)
class LookingBackTest {
  @TempDir private Path folder;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Book book = new Book();
  private Journal journal;
  private Store store;
  private Search search;

  @BeforeEach
  void open() {
    journal = Journal.open(JournalConfig.in(folder.resolve("journal")), metrics).start();
    store = Store.open(StoreConfig.in(folder.resolve("index")), InstantSource.system(), metrics);
    search = new Search(store, new Recall(journal), SearchConfig.defaults());
  }

  @AfterEach
  void close() {
    search.close();
    store.close();
    journal.close();
  }

  /** A centre as far as it looks back; ends at once. */
  private final class Centre implements AutoCloseable {
    final Hunts hunts = new Hunts(new Hunter(store, journal, search), book, InstantSource.system());
    final LookingBack back =
        new LookingBack(hunts, Backlog.open(folder.resolve(Backlog.FILE)), Duration.ofMillis(10))
            .start();

    @Override
    public void close() {
      back.close();
      hunts.close();
    }
  }

  private static Novelties.Novelty novelty(String value, String... agencies) {
    return new Novelties.Novelty(
        new Indicator(
            "indicator--1",
            Kind.DOMAIN,
            value,
            List.of("feed"),
            80,
            Tlp.GREEN,
            Optional.empty(),
            Optional.empty(),
            List.of()),
        Set.of(agencies));
  }

  private void looked(String... texts) {
    await().atMost(Duration.ofSeconds(30)).until(() -> book.done().size() >= texts.length);
    assertThat(book.done()).containsExactly(texts);
  }

  private void nothingWaits() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !folder.resolve(Backlog.FILE).toFile().exists());
  }

  @Test
  void what_waits_when_the_centre_stops_is_looked_for_by_the_next_and_only_once() {
    try (var first = new Centre()) {
      first.back.found(List.of(novelty("a.test"), novelty("b.test"), novelty("c.test", "health")));
    }
    assertThat(book.texts()).as("it stopped before it began").isEmpty();
    try (var _ = new Centre()) {
      looked("a.test\nb.test", "c.test");
    }
    try (var third = new Centre()) {
      third.back.found(List.of(novelty("d.test")));
      looked("a.test\nb.test", "c.test", "d.test");
      nothingWaits();
    }
  }

  @Test
  void a_hunt_that_the_stop_cut_short_is_begun_anew() {
    book.outcome = HuntEntry.State.INTERRUPTED;
    try (var first = new Centre()) {
      first.back.found(List.of(novelty("a.test")));
      await().until(() -> !book.texts().isEmpty());
    }
    assertThat(book.done()).isEmpty();
    book.outcome = HuntEntry.State.DONE;
    try (var _ = new Centre()) {
      looked("a.test");
    }
  }

  @Test
  void a_hunt_whose_end_was_the_last_that_was_heard_of_the_centre_is_not_begun_again() {
    var backlog = Backlog.open(folder.resolve(Backlog.FILE));
    backlog.add(List.of(novelty("a.test"), novelty("b.test", "health")));
    try (var _ = new Centre()) {
      looked("a.test", "b.test");
      nothingWaits();
    }
    String ended = book.entries.keySet().iterator().next();
    backlog = Backlog.open(folder.resolve(Backlog.FILE));
    backlog.add(List.of(novelty("a.test"), novelty("c.test", "water")));
    backlog.begun(ended, List.of(novelty("a.test")));
    try (var _ = new Centre()) {
      looked("a.test", "b.test", "c.test");
    }
  }

  @Test
  void a_hunt_that_fails_is_tried_again_and_then_by_the_next_start() {
    book.outcome = HuntEntry.State.FAILED;
    try (var first = new Centre()) {
      first.back.found(List.of(novelty("a.test")));
      await().atMost(Duration.ofSeconds(30)).until(() -> book.texts().size() == 3);
      first.back.found(List.of(novelty("b.test")));
      await().atMost(Duration.ofSeconds(30)).until(() -> book.texts().contains("b.test"));
    }
    book.outcome = HuntEntry.State.DONE;
    try (var _ = new Centre()) {
      await().atMost(Duration.ofSeconds(30)).until(() -> book.done().size() == 1);
      assertThat(book.done().getFirst().lines()).containsExactlyInAnyOrder("a.test", "b.test");
      nothingWaits();
    }
  }

  @Test
  void what_a_person_ended_is_not_begun_again() {
    book.outcome = HuntEntry.State.CANCELLED;
    try (var first = new Centre()) {
      first.back.found(List.of(novelty("a.test")));
      nothingWaits();
    }
    assertThat(book.texts()).hasSize(1);
  }

  /** Keeps hunts, each ended as a test says. */
  private static final class Book implements HuntBook {
    final Map<String, HuntEntry> entries = new LinkedHashMap<>();
    volatile HuntEntry.State outcome = HuntEntry.State.DONE;

    @Override
    public synchronized void begun(HuntEntry entry) {
      entries.put(entry.id(), entry);
    }

    @Override
    public synchronized void ended(HuntEntry e) {
      entries.put(
          e.id(),
          new HuntEntry(
              e.id(),
              e.title(),
              e.kind(),
              e.text(),
              e.by(),
              e.seers(),
              e.agency(),
              e.from(),
              e.to(),
              e.askedAt(),
              e.endedAt(),
              outcome,
              e.result()));
    }

    synchronized List<String> texts() {
      return entries.values().stream().map(HuntEntry::text).toList();
    }

    synchronized List<String> done() {
      var done = new ArrayList<String>();
      for (var entry : entries.values()) {
        if (entry.state() == HuntEntry.State.DONE) {
          done.add(entry.text());
        }
      }
      return done;
    }

    @Override
    public List<HuntEntry> of(String seers, int most) {
      return List.of();
    }

    @Override
    public synchronized Optional<HuntEntry> find(String id, String seers) {
      return Optional.ofNullable(entries.get(id));
    }

    @Override
    public boolean remove(String id, String seers, String by) {
      return false;
    }
  }
}
