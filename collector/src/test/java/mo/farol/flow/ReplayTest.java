package mo.farol.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.event.Sink;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;
import mo.farol.journal.MemoryLog;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.search.Asker;
import mo.farol.search.Search;
import mo.farol.search.SearchConfig;
import mo.farol.search.SearchRequest;
import mo.farol.store.SlowIndex;
import mo.farol.store.Store;
import mo.farol.store.StoreConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines without a priority are rejected, until the parser is "mended" to take them as text. */
class ReplayTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-24T23:59:59Z");
  private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");

  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<String> watched = new CopyOnWriteArrayList<>();
  private Store store;
  private Search search;
  private Follower indexing;
  private Follower detecting;

  @BeforeEach
  void open() {
    store = openStore();
    search = new Search(store, new Recall(log), SearchConfig.defaults());
    indexing = new Follower(log, new Parser(ParseConfig.defaults()), store, metrics).start();
    detecting = new Follower(log, new Parser(ParseConfig.defaults()), new Deaf(), metrics).start();
  }

  @AfterEach
  void close() {
    indexing.close();
    detecting.close();
    store.close();
  }

  @Test
  void what_can_be_read_now_stands_in_its_place_under_the_same_id_and_is_watched() {
    append("a", "<14>1 2026-11-24T10:00:00Z h app - - - fine", "one odd line", "another odd line");
    var before = rejected(Scope.national());
    assertThat(before).hasSize(2);

    var outcome = replay(mended()).replay(Asker.CENTRE, "", Scope.national(), Instant.EPOCH, FAR);

    assertThat(outcome).isEqualTo(new Replay.Outcome(2, 0));
    assertThat(rejected(Scope.national())).isEmpty();
    assertThat(found("odd")).containsExactlyInAnyOrderElementsOf(before);
    assertThat(found("")).hasSize(3);
    assertThat(watched)
        .containsExactlyInAnyOrder("replay: one odd line", "replay: another odd line");
  }

  @Test
  void a_row_that_stood_under_another_time_and_day_moves_and_is_not_doubled() {
    String line = "odd 2026-11-23T10:00:00Z and what was said";
    append("a", line);
    var replay = replay(timed());
    assertThat(replay.replay(Asker.CENTRE, "", Scope.national(), Instant.EPOCH, FAR).read())
        .isOne();
    assertThat(rejected(Scope.national())).isEmpty();
    assertThat(found("said")).hasSize(1);
    assertThat(at("2026-11-23T10:00:00Z")).hasSize(1);
    assertThat(replay.replay(Asker.CENTRE, "", Scope.national(), Instant.EPOCH, FAR))
        .isEqualTo(new Replay.Outcome(0, 0));
    reopen();
    assertThat(found("said")).hasSize(1);
  }

  @Test
  void it_still_stands_there_after_the_index_was_closed() {
    append("a", "one odd line");
    replay(mended()).replay(Asker.CENTRE, "", Scope.national(), Instant.EPOCH, FAR);
    reopen();
    assertThat(rejected(Scope.national())).isEmpty();
    assertThat(found("odd")).hasSize(1);
  }

  @Test
  void what_still_cannot_be_read_stays_as_it_is() {
    append("a", "one odd line");
    var outcome =
        replay(new Parser(ParseConfig.defaults())::parse)
            .replay(Asker.CENTRE, "", Scope.national(), Instant.EPOCH, FAR);
    assertThat(outcome).isEqualTo(new Replay.Outcome(0, 1));
    assertThat(rejected(Scope.national())).hasSize(1);
    assertThat(watched).isEmpty();
  }

  @Test
  void while_a_day_is_made_again_nothing_is_said_to_be_read() throws Exception {
    append("a", "<14>1 2026-11-20T10:00:00Z h app - - - of another day");
    append("a", "one odd line");
    indexing.close();
    store.close();
    try (var files = Files.walk(folder.resolve("2026-11-20"))) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    store = openStore();
    search = new Search(store, new Recall(log), SearchConfig.defaults());
    assertThat(store.isMending()).isTrue();
    var from = RECEIVED.minusSeconds(3_600);
    assertThatThrownBy(() -> replay(mended()).replay(Asker.CENTRE, "", Scope.national(), from, FAR))
        .isInstanceOf(ReplayCut.class)
        .hasMessageContaining("made again");
    assertThat(watched).isEmpty();
  }

  @Test
  void only_what_is_in_scope_and_asked_for_is_read_again() {
    append("a", "odd of a", "strange of a");
    append("b", "odd of b");
    replay(mended()).replay(Asker.CENTRE, "odd", Scope.of("a"), Instant.EPOCH, FAR);
    assertThat(rejected(Scope.of("a"))).hasSize(1);
    assertThat(rejected(Scope.of("b"))).hasSize(1);
  }

  @Test
  void where_not_all_is_found_in_its_time_nothing_is_read_again_and_it_says_so() {
    append("a", "one odd line");
    var slow = new SlowIndex().slowFor("");
    var hasty = new SearchConfig(Duration.ofMillis(200), 10);
    try (var unfinished = new Search(slow, new Recall(log), hasty)) {
      var replay =
          new Replay(unfinished, log, store, indexing, detecting, _ -> {}, ReplayTest::mended);
      assertThatThrownBy(
              () -> replay.replay(Asker.CENTRE, "", Scope.national(), Instant.EPOCH, FAR))
          .isInstanceOf(ReplayCut.class)
          .hasMessageContaining("nothing was read again; ask again");
    }
    assertThat(rejected(Scope.national())).hasSize(1);
  }

  private void reopen() {
    indexing.close();
    store.close();
    store = openStore();
    search = new Search(store, new Recall(log), SearchConfig.defaults());
  }

  private List<String> at(String instant) {
    var from = Instant.parse(instant);
    var request =
        new SearchRequest("", Scope.national(), from, from.plusSeconds(1), 100, Optional.empty());
    return search.run(Asker.CENTRE, "", questions -> questions.find(request)).events().stream()
        .map(e -> e.id().toString())
        .toList();
  }

  /** Takes a line of "odd", a time and a text as syslog of that time. */
  private static BatchParser timed() {
    var parser = new Parser(ParseConfig.defaults());
    return (frames, first, position, into) -> parser.parse(asSyslog(frames), first, position, into);
  }

  private static FrameBatch asSyslog(FrameBatch frames) {
    String text = frames.frame(0, 0).text();
    String line =
        text.startsWith("odd ")
            ? "<14>1 " + text.substring(4).replaceFirst(" ", " host app - - - ")
            : text;
    return FrameBatch.ofTexts(
        frames.origin(), mo.farol.event.Micros.toInstant(frames.receivedAtMicros()), line);
  }

  private Replay replay(BatchParser parser) {
    return new Replay(
        search, log, store, indexing, detecting, batch -> watched.add(told(batch)), () -> parser);
  }

  private static BatchParser mended() {
    var parser = new Parser(ParseConfig.defaults());
    return (frames, first, position, into) -> parser.parse(asText(frames), first, position, into);
  }

  private static FrameBatch asText(FrameBatch frames) {
    var o = frames.origin();
    return FrameBatch.of(
        new Origin(
            o.agency(), o.input(), o.peer(), o.lane(), o.exercise(), "text", o.year(), o.zone()),
        frames.receivedAtMicros(),
        frames.bytes(),
        new int[] {frames.start(0), frames.end(0)},
        new byte[] {frames.marks(0)});
  }

  private void append(String agency, String... lines) {
    log.append(
        FrameBatch.ofTexts(Origin.live(agency, "syslog.tcp", "192.0.2.1"), RECEIVED, lines),
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

  private List<String> rejected(Scope scope) {
    return ids(Replay.REJECTED, scope);
  }

  private List<String> found(String query) {
    return ids(query, Scope.national());
  }

  private List<String> ids(String query, Scope scope) {
    var request = new SearchRequest(query, scope, Instant.EPOCH, FAR, 100, Optional.empty());
    var ids = new ArrayList<String>();
    search
        .run(Asker.CENTRE, "", questions -> questions.find(request))
        .events()
        .forEach(e -> ids.add(e.id().toString()));
    return ids;
  }

  private Store openStore() {
    return Store.open(
        new StoreConfig(folder, 8 << 20, Duration.ofSeconds(5), 4),
        InstantSource.system(),
        new SimpleMeterRegistry());
  }

  private static String told(EventBatch batch) {
    return batch.origin().lane() + ": " + batch.event(0).message();
  }

  /** Detection, which hears nothing by itself here. */
  private static final class Deaf implements Sink {
    @Override
    public String name() {
      return "detect";
    }

    @Override
    public long next() {
      return 0;
    }

    @Override
    public void accept(EventBatch batch) {
      // what is told apart is told through the replay
    }

    @Override
    public void pulse(boolean caughtUp) {
      // no clock
    }
  }
}
