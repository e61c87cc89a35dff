package mo.farol.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mo.farol.post.Posting;
import mo.farol.wire.Leaks;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What real senders said over a connection, replayed at every split point, and the events that come
 * of it. The files in {@code recorded/} were written by {@code HttpClientsTest}, {@code
 * OpenTelemetryTest}, {@code RecordingTest} and, the events, by this one, with {@code
 * -Dgolden=write}.
 */
@ExtendWith(Leaks.class)
class RecordedTest {
  private static final Path EVENTS =
      Path.of("src", "test", "resources", "mo", "farol", "intake", "recorded");
  private static final int MOST_SPLITS = 2500;

  /** What a connection led to. */
  private record Outcome(List<String> frames, String answers) {}

  @TestFactory
  Stream<DynamicTest> a_recorded_sender_is_understood_wherever_its_bytes_are_split()
      throws Exception {
    return files().stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  private static void check(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    var whole = replay(bytes, bytes.length);
    assertThat(whole.answers()).startsWith("HTTP/1.1 2").doesNotContain("HTTP/1.1 4", "HTTP/1.1 5");
    assertThat(whole.frames().isEmpty()).as("%s sends nothing", file).isEqualTo(!sends(bytes));
    int step = Math.max(1, bytes.length / MOST_SPLITS);
    for (int at = 1; at < bytes.length; at += step) {
      assertThat(replay(bytes, at)).as("%s at %d", file, at).isEqualTo(whole);
    }
    assertThat(byByte(bytes)).isEqualTo(whole);
  }

  @TestFactory
  Stream<DynamicTest> a_recorded_senders_events_are_read_as_they_were() throws Exception {
    return files().stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> checkEvents(file)));
  }

  private static void checkEvents(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    var read = new ArrayList<String>();
    try (var posting = posting()) {
      posting.pass(Duration.ofDays(2)); // to about when they were recorded
      posting.take(bytes);
      for (var block : posting.log.blocks()) {
        read.addAll(GoldenSender.json(block.frames()));
      }
    }
    var events = EVENTS.resolve(file.getFileName().toString().replace(".http", ".jsonl"));
    if (GoldenSender.isWriting()) {
      Files.write(events, read);
    }
    assertThat(read).isEqualTo(Files.readAllLines(events));
  }

  // Some clients ask on a connection of its own.
  private static boolean sends(byte[] bytes) {
    return new String(bytes, ISO_8859_1).lines().anyMatch(l -> l.matches("POST .* HTTP/1.1"));
  }

  private static Outcome replay(byte[] bytes, int at) {
    try (var posting = posting()) {
      posting.take(bytes, 0, at);
      posting.take(bytes, at, bytes.length);
      return outcome(posting);
    }
  }

  private static Outcome byByte(byte[] bytes) {
    try (var posting = posting()) {
      for (int i = 0; i < bytes.length; i++) {
        posting.take(bytes, i, i + 1);
      }
      return outcome(posting);
    }
  }

  private static Posting posting() {
    return new Posting("", Pipelines::protocols);
  }

  private static Outcome outcome(Posting posting) {
    String answers = posting.answers();
    return new Outcome(
        posting.log.blocks().stream()
            .flatMap(
                block ->
                    IntStream.range(0, block.frames().count())
                        .mapToObj(
                            i ->
                                new String(
                                    block.frames().bytes(),
                                    block.frames().start(i),
                                    block.frames().end(i) - block.frames().start(i),
                                    ISO_8859_1)))
            .toList(),
        answers);
  }

  private static List<Path> files() throws IOException, URISyntaxException {
    var folder = Optional.ofNullable(RecordedTest.class.getResource("recorded")).orElseThrow();
    try (var files = Files.list(Path.of(folder.toURI()))) {
      return files.filter(file -> file.toString().endsWith(".http")).sorted().toList();
    }
  }
}
