package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import mo.farol.event.Event;
import mo.farol.event.Rounds;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Patterns over many values find what going through all events finds: in segments as they were
 * written, merged, of before there were trigrams, and merged of those. {@code -Dfarol.seed} repeats
 * the choices made.
 */
@Tag("rounds")
class TrigramTest {
  private static final int EVENTS = Rounds.of(2_400, 6_000);
  private static final int BATCH = 300;
  private static final int QUESTIONS = Rounds.of(45, 150);
  private static final String AT = "2026-11-24T11:00:00Z";
  private static final String[] FIELDS = {"url.path", "process.command_line"};
  private static final String[] PIECES = {
    "power", "Shell", "cmd.exe", "/C:/win/", " -enc ", "日志", "错误了", "é", "ab", "x", "===", "svc$"
  };

  @TempDir Path folder;

  private final long seed = Long.getLong("farol.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Lines lines = new Lines();

  @Test
  void whatever_the_segments_are_patterns_find_what_brute_force_finds() throws IOException {
    System.out.println("TrigramTest seed " + seed);
    try (var store = open()) {
      fill(store);
      check(store, "as written");
    }
    assertThat(guides()).as("files of trigrams").isNotEmpty();
    try (var store = open()) {
      check(store, "opened again");
    }
    merge(Codec.getDefault());
    assertThat(guides()).as("as it was before").isEmpty();
    try (var store = open()) {
      check(store, "of before");
    }
    merge(TrigramPostings.codec());
    assertThat(guides()).hasSize(1).allMatch(file -> file.toFile().length() > EVENTS);
    try (var store = open()) {
      check(store, "merged");
      fill(store);
      check(store, "and some more");
    }
  }

  @Test
  void letters_of_several_cases_are_found_by_a_regular_expression_as_ever() throws IOException {
    try (var store = open()) {
      many(store, Map.of("odd.name", "/etc/paſſwd", "url.path", "/ſyſtem/İ/\u212aernel"));
      for (var field : List.of("odd.name", "url.path")) {
        assertThat(found(store, new Clause.Regex(field, ".*(passwd|system).*", 1))).hasSize(1);
      }
      assertThat(found(store, new Clause.Regex("url.path", ".*\u212aERNEL", 1))).hasSize(1);
      assertThat(found(store, new Clause.Wildcard("url.path", "*\u212aERNEL", 1))).hasSize(1);
      assertThat(found(store, new Clause.Wildcard("url.path", "*İ/kern*", 1))).hasSize(1);
      assertThat(found(store, new Clause.Wildcard("odd.name", "*paſſwd", 1))).hasSize(1);
    }
  }

  @Test
  void signs_behind_a_backslash_are_part_of_a_literal() throws IOException {
    try (var store = open()) {
      many(store, Map.of("odd.name", "what*is?this\\then"));
      for (var pattern : List.of("*t\\*is*", "*is\\?this*", "*this\\\\t*", "*hat\\*is\\?thi*")) {
        assertThat(found(store, new Clause.Wildcard("odd.name", pattern, 1))).hasSize(1);
      }
      assertThat(found(store, new Clause.Wildcard("odd.name", "*t\\?is*", 1))).isEmpty();
    }
  }

  @Test
  void words_of_a_value_too_long_to_be_kept_are_found_in_a_field_of_many_values()
      throws IOException {
    String text = "/start " + "x".repeat(2_000) + " needle42 end";
    try (var store = open()) {
      many(store, Map.of("odd.name", text, "url.path", text));
      for (var field : List.of("odd.name", "url.path")) {
        assertThat(found(store, new Clause.Wildcard(field, "*eedle4*", 1))).as(field).hasSize(1);
        assertThat(found(store, new Clause.Wildcard(field, "/start xx*", 1))).as(field).hasSize(1);
        assertThat(found(store, new Clause.Regex(field, ".*nee(dle41|dle42)", 1))).hasSize(1);
        assertThat(found(store, new Clause.Wildcard(field, "*eedle5*", 1))).as(field).isEmpty();
      }
    }
  }

  @Test
  void what_may_have_been_cut_is_found_among_many_values() throws IOException {
    try (var store = open()) {
      many(store, Map.of("odd.name", "x".repeat(1_100), "url.path", "/short"));
      assertThat(found(store, new Clause.Kept.Cut("odd.name"))).hasSize(1);
      assertThat(found(store, new Clause.Kept.Cut("url.path"))).isEmpty();
      assertThat(found(store, new Clause.Kept.Anywhere(List.of("needle")))).hasSize(1);
      assertThat(found(store, new Clause.Kept.Anywhere(List.of("/shor", "needle")))).hasSize(1);
    }
    try (var store = open()) {
      many(store, Map.of("url.path", "/short"));
      assertThat(found(store, new Clause.Kept.Cut("odd.name")))
          .as("in the segment of before")
          .hasSize(1);
      assertThat(found(store, new Clause.Kept.Anywhere(List.of("/shor")))).hasSize(2);
    }
  }

  // More than a thousand other values of each field, and one event.
  private void many(Store store, Map<String, String> fields) {
    var all = new Lines.Line[1_100];
    for (int i = 0; i < all.length; i++) {
      var some = new ArrayList<String>();
      for (var field : fields.entrySet()) {
        some.add(field.getKey());
        some.add(i == 0 ? field.getValue() : Integer.toHexString(random.nextInt()) + "/" + i);
      }
      all[i] = Lines.line("dsf", AT, Severity.NOTICE, some.toArray(String[]::new));
    }
    store.accept(lines.batch(all));
    store.refresh();
  }

  private void fill(Store store) {
    for (int done = 0; done < EVENTS; done += BATCH) {
      var some = new Lines.Line[BATCH];
      for (int i = 0; i < some.length; i++) {
        some[i] =
            Lines.line(
                "dsf",
                AT,
                Severity.NOTICE,
                "message",
                "id" + Integer.toHexString(random.nextInt()) + " " + random.nextInt(50),
                FIELDS[0],
                value(4),
                FIELDS[1],
                value(random.nextInt(40) == 0 ? 60 : 9));
      }
      store.accept(lines.batch(some));
      if (random.nextInt(4) == 0) {
        store.refresh();
      }
    }
    store.refresh();
  }

  private String value(int most) {
    var text = new StringBuilder();
    for (int i = random.nextInt(most); i >= 0; i--) {
      text.append(
          random.nextBoolean()
              ? PIECES[random.nextInt(PIECES.length)]
              : Integer.toHexString(random.nextInt(1 << random.nextInt(1, 30))));
    }
    return text.toString();
  }

  private void check(Store store, String where) {
    var events = lines.events();
    for (int i = 0; i < QUESTIONS; i++) {
      var field = random.nextInt(3) == 0 ? "message" : FIELDS[random.nextInt(FIELDS.length)];
      var clause = random.nextInt(3) == 0 ? regex(field, events) : wildcard(field, events);
      var expected =
          events.stream()
              .filter(event -> parts(field, event).stream().anyMatch(brute(clause)))
              .map(event -> event.id().sequence())
              .toList();
      assertThat(found(store, clause))
          .as("seed %d, %s, %d: %s", seed, where, i, clause)
          .isEqualTo(expected);
    }
    for (int i = 0; i < QUESTIONS / 3; i++) {
      var texts = texts(events);
      var expected =
          events.stream()
              .filter(event -> texts.stream().anyMatch(text -> holds(event, text)))
              .map(event -> event.id().sequence())
              .toList();
      assertThat(found(store, new Clause.Kept.Anywhere(texts)))
          .as("seed %d, %s, %d: anywhere %s", seed, where, i, texts)
          .isEqualTo(expected);
    }
  }

  // The host is who sent it where the event does not say.
  private static boolean holds(Event event, String text) {
    return "192.0.2.9".contains(text)
        || event.fields().entrySet().stream()
            .filter(field -> !field.getKey().equals("message"))
            .anyMatch(field -> field.getValue().toLowerCase(Locale.ROOT).contains(text));
  }

  // Of letters that rule and index fold alike.
  private List<String> texts(List<Event> events) {
    var texts = new ArrayList<String>();
    for (int left = random.nextInt(1, 4); left > 0; ) {
      var value = value(FIELDS[random.nextInt(FIELDS.length)], events);
      int from = random.nextInt(value.length());
      var text = value.substring(from, Math.min(value.length(), from + random.nextInt(1, 9)));
      if (text.indexOf('é') < 0) {
        texts.add(random.nextInt(8) == 0 ? text + "q" : text);
        left--;
      }
    }
    return texts;
  }

  private static List<String> parts(String field, Event event) {
    return field.equals("message")
        ? List.of(event.message().split(" "))
        : List.of(event.fields().getOrDefault(field, "").toLowerCase(Locale.ROOT));
  }

  private static Predicate<String> brute(Clause clause) {
    var pattern =
        switch (clause) {
          case Clause.Regex(_, String text, _) -> Pattern.compile(text, Pattern.CASE_INSENSITIVE);
          case Clause.Wildcard(_, String text, _) ->
              Pattern.compile(
                  Pattern.quote(text.toLowerCase(Locale.ROOT))
                      .replace("*", "\\E.*\\Q")
                      .replace("?", "\\E.\\Q"));
          default -> throw new IllegalArgumentException(clause + "");
        };
    return text -> pattern.matcher(text).matches();
  }

  private Clause wildcard(String field, List<Event> events) {
    String value = value(field, events);
    var pattern = new StringBuilder(random.nextInt(4) > 0 ? "*" : "");
    int at = pattern.isEmpty() ? 0 : random.nextInt(value.length());
    while (at < value.length()) {
      int end = Math.min(value.length(), at + 1 + random.nextInt(9));
      pattern.append(value, at, end);
      boolean skips = random.nextBoolean();
      pattern.append(skips ? "*" : end < value.length() ? "?" : "");
      at = end + (skips ? random.nextInt(12) : 1);
    }
    if (random.nextInt(8) == 0) {
      pattern.setCharAt(random.nextInt(pattern.length()), 'q');
    }
    String text = pattern.toString();
    return new Clause.Wildcard(
        field, random.nextBoolean() ? text.toUpperCase(Locale.ROOT) : text, 1);
  }

  private Clause regex(String field, List<Event> events) {
    String text =
        switch (random.nextInt(4)) {
          case 0 -> ".*" + literal(field, events) + ".*" + literal(field, events) + ".*";
          case 1 -> ".*(" + literal(field, events) + "|" + literal(field, events) + ").*";
          case 2 -> literal(field, events) + "+.*";
          default -> "(.*" + literal(field, events) + ")?(" + literal(field, events) + "){1,2}.*";
        };
    return new Clause.Regex(field, text, 1);
  }

  private String literal(String field, List<Event> events) {
    String value = value(field, events);
    int from = random.nextInt(3) == 0 ? 0 : random.nextInt(value.length());
    var text = new StringBuilder();
    for (char c : value.substring(from, Math.min(value.length(), from + 6)).toCharArray()) {
      text.append(c < 128 && !Character.isLetterOrDigit(c) ? "\\" : "").append(c);
    }
    return text.toString();
  }

  private String value(String field, List<Event> events) {
    var parts = parts(field, events.get(random.nextInt(events.size())));
    return parts.get(random.nextInt(parts.size()));
  }

  private static List<Long> found(Store store, Clause clause) {
    var question = new Question(clause, Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE);
    var deadline = Deadline.in(Duration.ofMinutes(1));
    var rows = store.newest(question, 100_000, Long.MAX_VALUE, Optional.empty(), deadline);
    assertThat(rows.exact()).isTrue();
    assertThat(rows.total()).isEqualTo(rows.rows().size());
    return rows.rows().stream().map(Row::sequence).sorted().toList();
  }

  private Store open() {
    var config = new StoreConfig(folder, 1L << 20, Duration.ofSeconds(5), 4, 1);
    return Store.open(
        config, new ManualClock(Instant.parse("2026-11-24T12:00:00Z")), new SimpleMeterRegistry());
  }

  private void merge(Codec codec) throws IOException {
    for (var day : Leftovers.days(folder)) {
      try (var directory = FSDirectory.open(day)) {
        Map<String, String> said;
        try (var reader = DirectoryReader.open(directory)) {
          said = reader.getIndexCommit().getUserData();
        }
        var settings =
            new IndexWriterConfig()
                .setCodec(codec)
                .setUseCompoundFile(false)
                .setCommitOnClose(false)
                .setMergePolicy(new Anew());
        try (var writer = new IndexWriter(directory, settings)) {
          writer.setLiveCommitData(said.entrySet());
          writer.forceMerge(1);
          writer.commit();
        }
      }
    }
  }

  /** Writes every segment anew, also where there is one only. */
  private static final class Anew extends FilterMergePolicy {
    private boolean isDone;

    Anew() {
      super(new LogByteSizeMergePolicy());
    }

    @Override
    public MergeSpecification findForcedMerges(
        SegmentInfos all, int most, Map<SegmentCommitInfo, Boolean> some, MergeContext context) {
      var merges = new MergeSpecification();
      if (!isDone) {
        merges.add(new OneMerge(all.asList()));
        isDone = true;
      }
      return merges;
    }
  }

  private List<Path> guides() throws IOException {
    var found = new ArrayList<Path>();
    for (var day : Leftovers.days(folder)) {
      try (var files = Files.newDirectoryStream(day, "*.tri")) {
        files.forEach(found::add);
      }
    }
    return found;
  }
}
