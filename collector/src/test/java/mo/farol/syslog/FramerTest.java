package mo.farol.syslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mo.farol.event.FrameBatch;
import mo.farol.event.Original;
import mo.farol.event.SharedData;
import mo.farol.wire.Frames;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FramerTest {
  private static final int LIMIT = 1024;

  record Case(String input, List<String> expect) {}

  static Stream<Case> cases() throws IOException {
    var cases = new ArrayList<Case>();
    try (var in = FramerTest.class.getResourceAsStream("framing.txt")) {
      assertThat(in).isNotNull();
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        if (line.startsWith("input ")) {
          cases.add(new Case(unescape(line.substring(6)), new ArrayList<>()));
        } else if (line.startsWith("expect ")) {
          cases.getLast().expect().add(unescape(line.substring(7)));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_stream_is_cut_as_its_sender_meant_it(Case one) {
    assertThat(frames(one.input())).isEqualTo(one.expect());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void it_does_not_matter_where_the_network_cuts_a_stream(Case one) {
    assertCutsDoNotMatter(Frames.bytes(one.input()), LIMIT);
  }

  @Test
  void streams_of_other_projects_test_suites_are_cut_as_they_expect() throws IOException {
    for (JsonNode vector : streams(v -> v.path("valid").asBoolean())) {
      byte[] input = vector.get("input").asText().getBytes(UTF_8);
      assertThat(Cutting.of(65_536, List.of(input)))
          .as(vector.get("id").asText())
          .hasSize(vector.get("expected").size());
    }
  }

  @Test
  void it_does_not_matter_where_the_network_cuts_those_streams() throws IOException {
    for (JsonNode vector : streams(v -> true)) {
      byte[] input = vector.get("input").asText().getBytes(UTF_8);
      assertThat(Cutting.of(65_536, byteByByte(input)))
          .isEqualTo(Cutting.of(65_536, List.of(input)));
      if (input.length < 2000) {
        assertCutsDoNotMatter(input, LIMIT);
      }
    }
  }

  @Test
  void a_line_of_exactly_the_limit_is_whole() {
    String exact = "<14>" + "x".repeat(LIMIT - 4);
    assertThat(frames(exact + "\r\n" + exact + "\n")).containsExactly(exact, exact);
    assertCutsDoNotMatter(Frames.bytes(exact + "\r\n" + exact + "y\n<1>z"), LIMIT);
  }

  @Test
  void a_quiet_moment_ends_a_message_of_a_sender_that_ends_none() {
    var out = new Frames();
    var framer = new Framer(LIMIT, Framing.AUTO);
    for (String message : List.of("<14>1 2026-11-24T10:00:00Z h a - - - one", "<13>two")) {
      Cutting.send(framer, Frames.bytes(message), out);
      framer.quiet(out);
    }
    assertThat(out.texts())
        .containsExactly("<14>1 2026-11-24T10:00:00Z h a - - - one¦guessed", "<13>two¦guessed");
  }

  @Test
  void a_quiet_moment_ends_nothing_that_does_not_look_whole() {
    for (String half : List.of("<14>1 2026-11-24T10:00:00Z h", "<14", "<14>", "14 <14>ha", "hel")) {
      var out = new Frames();
      var framer = new Framer(LIMIT, Framing.AUTO);
      Cutting.send(framer, Frames.bytes(half), out);
      framer.quiet(out);
      assertThat(out.texts()).as(half).isEmpty();
    }
  }

  @Test
  void a_quiet_moment_ends_nothing_once_a_line_feed_or_a_count_has_shown_itself() {
    for (String before : List.of("<14>a\n", "5 <14>a")) {
      var out = new Frames();
      var framer = new Framer(LIMIT, Framing.AUTO);
      Cutting.send(framer, Frames.bytes(before + "<14>slow"), out);
      framer.quiet(out);
      framer.unglue(out);
      Cutting.send(framer, Frames.bytes("ly\n"), out);
      assertThat(out.texts()).as(before).containsExactly("<14>a", "<14>slowly");
    }
  }

  @Test
  void glued_messages_are_cut_apart_when_time_has_passed_and_the_last_waits() {
    String one = "<14>1 2026-11-24T10:00:00Z h a - - - one";
    var out = new Frames();
    var framer = new Framer(LIMIT, Framing.AUTO);
    Cutting.send(framer, Frames.bytes(one + one + one.substring(0, 30)), out);
    framer.unglue(out);
    assertThat(out.texts()).containsExactly(one + "¦guessed", one + "¦guessed");
    Cutting.send(framer, Frames.bytes(one.substring(30)), out);
    framer.end(out, false);
    assertThat(out.texts()).last().isEqualTo(one);
  }

  @Test
  void random_streams_are_cut_alike_however_they_are_chunked() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("FramerTest seed=" + seed);
    var random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      byte[] input = Frames.bytes(randomStream(random));
      var whole = Cutting.of(64, List.of(input));
      assertThat(Cutting.of(64, randomChunks(random, input)))
          .as("seed %d round %d: %s", seed, round, new String(input, ISO_8859_1))
          .isEqualTo(whole);
      assertThat(whole)
          .allSatisfy(f -> assertThat(f.replaceAll("(?s)¦.*", "")).hasSizeBetween(1, 64));
    }
  }

  @Test
  void no_bytes_make_it_fail_or_hold_more_than_a_frame() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("FramerTest seed=" + seed);
    var random = new Random(seed);
    var framer = new Framer(64, Framing.AUTO);
    byte[] into = new byte[Framer.restLimit(64)];
    for (int round = 0; round < 20_000; round++) {
      byte[] chunk = new byte[random.nextInt(40)];
      random.nextBytes(chunk);
      Cutting.send(
          framer,
          chunk,
          (bytes, from, to, mark) ->
              assertThat(to - from).isBetween(1, 64 + (mark & FrameBatch.NOTED) * 5));
      assertThat(framer.restore(into)).as("seed %d", seed).isLessThanOrEqualTo(into.length);
    }
  }

  @Test
  void a_frame_keeps_its_marks_in_a_batch() {
    var builder = new FrameBatch.Builder();
    var framer = new Framer(LIMIT, Framing.AUTO);
    Cutting.send(framer, Frames.bytes("a".repeat(2000) + "\n<1>b\n"), builder::add);
    assertThat(builder.count()).isEqualTo(2);
    assertThat(builder.size()).isEqualTo(LIMIT + Original.NOTE_BYTES + 4);
  }

  private static String randomStream(Random random) {
    String[] parts = {
      "<14>1 2026-11-24T10:00:00Z h a - - - m",
      "<13>x",
      "\n",
      "\0",
      "\r\n",
      "5 <14>a",
      "8 <14>a\nbc",
      "9 ",
      "12",
      " ",
      "<",
      "5",
      "77 <1>" + "y".repeat(74),
      "z".repeat(63),
      "w".repeat(70),
      "9999999 <"
    };
    var text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }

  private static List<byte[]> randomChunks(Random random, byte[] input) {
    var chunks = new ArrayList<byte[]>();
    for (int at = 0; at < input.length; ) {
      int end = Math.min(input.length, at + 1 + random.nextInt(30));
      chunks.add(Arrays.copyOfRange(input, at, end));
      at = end;
    }
    return chunks;
  }

  private static void assertCutsDoNotMatter(byte[] input, int limit) {
    var whole = Cutting.of(limit, List.of(input));
    assertThat(Cutting.of(limit, byteByByte(input))).isEqualTo(whole);
    for (int i = 1; i < input.length; i++) {
      var two = List.of(Arrays.copyOf(input, i), Arrays.copyOfRange(input, i, input.length));
      assertThat(Cutting.of(limit, two)).as("cut at %d", i).isEqualTo(whole);
    }
  }

  private static List<byte[]> byteByByte(byte[] input) {
    var bytes = new ArrayList<byte[]>();
    for (byte b : input) {
      bytes.add(new byte[] {b});
    }
    return bytes;
  }

  private static List<String> frames(String input) {
    return Cutting.of(LIMIT, List.of(Frames.bytes(input)));
  }

  private static List<JsonNode> streams(Predicate<JsonNode> which) throws IOException {
    var file = SharedData.find("log-vectors/vectors.jsonl");
    Assumptions.assumeTrue(file.isPresent(), "shared/data/log-vectors is not beside the project");
    var json = new ObjectMapper();
    var streams = new ArrayList<JsonNode>();
    for (String line : Files.readAllLines(file.get())) {
      JsonNode vector = json.readTree(line);
      String framing = vector.path("framing").asText();
      if (vector.get("format").asText().endsWith("-stream")
          && !framing.equals("udp-datagram")
          && which.test(vector)) {
        streams.add(vector);
      }
    }
    assertThat(streams).hasSizeGreaterThan(10);
    return streams;
  }

  private static String unescape(String text) {
    return text.replace("\\n", "\n")
        .replace("\\r", "\r")
        .replace("\\0", "\0")
        .replace("\\xff", "\u00ff")
        .replace("\\xfe", "\u00fe")
        .replace("\\x80", "\u0080");
  }

  @Test
  void what_a_torn_connection_leaves_is_a_part_and_not_a_guess() {
    for (String half : List.of("<14>ha", "9 <14>ha", "5", "<14>" + "x".repeat(2 * LIMIT))) {
      for (var framing : List.of(Framing.AUTO, Framing.SHOWN)) {
        var out = new Frames();
        var framer = new Framer(LIMIT, framing);
        Cutting.send(framer, Frames.bytes(half), out);
        assertThat(framer.end(out, true)).as(half).isTrue();
        assertThat(out.texts()).as(half).hasSize(1).allMatch(f -> f.endsWith("¦partial"));
      }
    }
  }

  @Test
  void a_sender_that_ends_no_message_leaves_no_part_when_it_ends_its_connection() {
    for (String whole : List.of("<14>a", "<14>a\n", "5 <14>a", "")) {
      var out = new Frames();
      var framer = new Framer(LIMIT, Framing.AUTO);
      Cutting.send(framer, Frames.bytes(whole), out);
      assertThat(framer.end(out, false)).as(whole).isFalse();
      assertThat(out.texts()).as(whole).isSubsetOf("<14>a");
    }
  }

  @Test
  void a_connection_torn_between_messages_leaves_no_part() {
    var framer = new Framer(LIMIT, Framing.AUTO);
    var out = new Frames();
    Cutting.send(framer, Frames.bytes("<14>a\n"), out);
    assertThat(framer.end(out, true)).isFalse();
  }

  @Test
  void where_nothing_is_guessed_a_text_that_looks_like_a_beginning_forges_no_event() {
    byte[] bytes =
        Frames.bytes("<14>1 2026-11-24T10:00:00Z h a - - - x<14>1 2026-11-24T10:00:00Z b");
    assertThat(Cutting.of(new Framer(65_536, Framing.AUTO), List.of(bytes))).hasSize(2);
    var framer = new Framer(65_536, Framing.SHOWN);
    var frames = new Frames();
    Cutting.send(framer, bytes, frames);
    framer.quiet(frames);
    framer.unglue(frames);
    assertThat(frames.texts()).isEmpty();
    framer.end(frames, false);
    assertThat(frames.texts()).containsExactly(new String(bytes, ISO_8859_1));
  }
}
