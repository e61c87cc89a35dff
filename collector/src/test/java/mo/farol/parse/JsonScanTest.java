package mo.farol.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonScanTest {
  @Test
  void every_kind_of_value_is_one() {
    for (String json :
        new String[] {
          "0",
          "-1.5e+3",
          "true",
          "false",
          "null",
          "\"a\\\"b\\\\\"",
          "[]",
          " { } ",
          "[1, [2], {}]",
          "{\"a\":{\"b\":[]},\"c\":1}",
          "{\"a\":[{\"b\":1},{\"c\":[[[]]]}]}"
        }) {
      assertThat(isValue(json)).as(json).isTrue();
    }
  }

  @Test
  void what_is_broken_is_none() {
    for (String json :
        new String[] {
          "",
          " ",
          "01",
          "1.",
          "-",
          "1e",
          "tru",
          "\"a",
          "\"a\\\"",
          "[",
          "[1,]",
          "[1 2]",
          "{\"a\"}",
          "{\"a\":}",
          "{\"a\":1,}",
          "{a:1}",
          "[1}",
          "{\"a\":1]",
          "1 2",
          "{}{}",
          "[\"a\":1]",
          "[[1]"
        }) {
      assertThat(isValue(json)).as(json).isFalse();
    }
  }

  @Test
  void depth_is_bounded() {
    assertThat(isValue("[".repeat(128) + "1" + "]".repeat(128))).isTrue();
    assertThat(isValue("[".repeat(129) + "1" + "]".repeat(129))).isFalse();
    assertThat(isValue("{\"a\":[".repeat(64) + "1" + "]}".repeat(64))).isTrue();
    assertThat(isValue("{\"a\":".repeat(1_000_000))).isFalse();
  }

  @Test
  void a_walk_gives_members_and_elements_as_they_are_written() {
    byte[] b = "x {\"a\" : [1,2] , \"b\":{\"c\":\"}\"}} y".getBytes(UTF_8);
    var walk = new JsonWalk();
    var seen = new ArrayList<String>();
    assertThat(walk.enter(b, 2, b.length)).isTrue();
    while (walk.next()) {
      seen.add(text(b, walk.keyFrom(), walk.keyTo()) + "=" + text(b, walk.from(), walk.to()));
    }
    assertThat(seen).containsExactly("a=[1,2]", "b={\"c\":\"}\"}");
    assertThat(walk.isWhole()).isTrue();
    assertThat(text(b, walk.end(), b.length)).isEqualTo(" y");
  }

  @Test
  void a_walk_over_what_is_cut_short_gives_what_is_whole() {
    byte[] b = "{\"a\":1,\"b\":[2,".getBytes(UTF_8);
    var walk = new JsonWalk();
    assertThat(walk.enter(b, 0, b.length)).isTrue();
    assertThat(walk.next()).isTrue();
    assertThat(walk.next()).isFalse();
    assertThat(walk.isWhole()).isFalse();
    assertThat(walk.next()).isFalse();
  }

  @Test
  void it_agrees_with_jackson_on_random_texts() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("JsonScanTest seed=" + seed);
    var random = new Random(seed);
    String[] parts = {
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      "\"a\"",
      "\"\\u00e9\"",
      "1",
      "-0.5",
      "1e3",
      "true",
      "null",
      " ",
      "{\"k\":",
      "[1,",
      "},",
      "\"k\":"
    };
    for (int round = 0; round < 100_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(10); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      assertThat(isValue(text.toString())).as("seed %d: %s", seed, text).isEqualTo(jackson(text));
    }
  }

  private static boolean jackson(CharSequence text) {
    var factory =
        JsonFactory.builder().streamReadConstraints(StreamReadConstraints.defaults()).build();
    try (var parser = factory.createParser(text.toString())) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.currentToken() != null && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isValue(String json) {
    byte[] b = json.getBytes(UTF_8);
    return new JsonScan().isValue(b, 0, b.length);
  }

  private static String text(byte[] b, int from, int to) {
    return new String(b, from, to - from, UTF_8);
  }
}
