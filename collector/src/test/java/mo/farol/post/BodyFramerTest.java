package mo.farol.post;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import mo.farol.wire.Frames;
import org.junit.jupiter.api.Test;

class BodyFramerTest {
  private static final int LIMIT = 64;

  @Test
  void each_line_is_a_frame_and_empty_ones_are_none() {
    assertThat(frames("{\"a\":1}\n\n{\"a\": 2}\r\n  \n{\"a\":3}"))
        .containsExactly("{\"a\":1}", "{\"a\": 2}", "{\"a\":3}");
  }

  @Test
  void each_element_of_an_array_is_a_frame_with_its_bytes_as_they_were() {
    assertThat(frames(" [ {\"a\" : [1, 2]},\n {\"b\":\"],[\\\"\"} , \"t\", 4 ]\n"))
        .containsExactly("{\"a\" : [1, 2]}", "{\"b\":\"],[\\\"\"}", "\"t\"", "4");
  }

  @Test
  void an_empty_array_and_an_empty_body_hold_nothing() {
    assertThat(frames("[]")).isEmpty();
    assertThat(frames(" [ \n ] ")).isEmpty();
    assertThat(frames("")).isEmpty();
    assertThat(frames(" \r\n\t")).isEmpty();
  }

  @Test
  void a_line_that_begins_with_a_bracket_is_a_line() {
    assertThat(frames("[12:00] a, b]\n[ \n[[1],[2]]\n"))
        .containsExactly("[12:00] a, b]", "[", "[[1],[2]]");
  }

  @Test
  void what_follows_an_array_is_not_lost() {
    assertThat(frames("[{\"a\":1}]\n[{\"b\":2}]\nrest"))
        .containsExactly("{\"a\":1}", "{\"b\":2}", "rest");
  }

  @Test
  void an_odd_quote_in_an_element_costs_its_own_line_and_no_other() {
    assertThat(frames("[{\"a\":\"x \" y\"},\n{\"b\":1},\n{\"c\":2}]\nrest"))
        .containsExactly("{\"a\":\"x \" y\"},", "{\"b\":1}", "{\"c\":2}", "rest");
  }

  @Test
  void an_array_that_never_ends_keeps_what_came() {
    assertThat(frames("[{\"a\":1},{\"b\":")).containsExactly("{\"a\":1}", "{\"b\":");
  }

  @Test
  void the_start_of_what_is_too_long_is_kept() {
    String exact = "x".repeat(LIMIT);
    assertThat(frames(exact + "  \n" + exact + "y\nz"))
        .containsExactly(exact, Frames.cut(exact + "y", LIMIT), "z");
    assertThat(frames("[\"" + exact + "\",1]"))
        .containsExactly(Frames.cut("\"" + exact + "\"", LIMIT), "1");
  }

  @Test
  void depth_costs_nothing() {
    String deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    var frames = new Frames();
    take(new BodyFramer(70_000, frames), deep + "\n[" + "[".repeat(9999) + "\n", 1000);
    assertThat(frames.texts()).containsExactly(deep, "[".repeat(10_000));
  }

  @Test
  void random_bodies_are_cut_alike_however_they_are_chunked() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("BodyFramerTest seed=" + seed);
    var random = new Random(seed);
    String[] parts = {
      "[", "]", "{", "}", ",", "\"", "\\", "\n", " ", "\r\n", "a", "{\"a\":1}", "x".repeat(61)
    };
    for (int round = 0; round < 5000; round++) {
      var body = new StringBuilder(random.nextBoolean() ? "[{" : "");
      for (int i = random.nextInt(20); i > 0; i--) {
        body.append(parts[random.nextInt(parts.length)]);
      }
      var chunked = new Frames();
      take(new BodyFramer(LIMIT, chunked), body.toString(), 1 + random.nextInt(5));
      assertThat(chunked.texts()).as("seed %d: %s", seed, body).isEqualTo(frames(body.toString()));
    }
  }

  private static List<String> frames(String body) {
    var frames = new Frames();
    take(new BodyFramer(LIMIT, frames), body, Integer.MAX_VALUE);
    return frames.texts();
  }

  private static void take(BodyFramer framer, String body, int chunk) {
    byte[] bytes = body.getBytes(ISO_8859_1);
    for (int at = 0; at < bytes.length; ) {
      int end = (int) Math.min(bytes.length, (long) at + chunk);
      framer.take(bytes, at, end);
      at = end;
    }
    framer.end();
  }
}
