package mo.farol.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import mo.farol.event.Scope;
import mo.farol.store.Clause;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line of {@code queries.txt}: a query, a bar, its tree or what is wrong and where. */
class QueryParserTest {
  private static final String TABLE = "queries.txt";
  private static final String BAR = " | ";

  @TempDir Path folder;
  @AutoClose private Town town;

  @BeforeEach
  void open() {
    town = new Town(folder);
  }

  @Test
  void queries_read_as_the_table_says() throws IOException {
    var read = new ArrayList<String>();
    for (String line : table()) {
      int bar = line.lastIndexOf(BAR);
      boolean isCase = bar >= 0 && !line.startsWith("#");
      read.add(isCase ? line.substring(0, bar) + BAR + read(line.substring(0, bar)) : line);
    }
    if (System.getProperty("golden", "").equals("write")) {
      Files.write(Path.of("src/test/resources/mo/farol/search", TABLE), read);
    }
    assertThat(read).isEqualTo(table());
  }

  @Test
  void depth_and_parts_are_bounded() {
    assertThat(read("(".repeat(51) + "a" + ")".repeat(51))).contains("at most 50 deep");
    assertThat(read("-".repeat(60) + "a")).contains("at most 50 deep");
    assertThat(read("a ".repeat(501))).contains("at most 500 parts");
    assertThat(read("a*b ".repeat(33))).contains("at most 32 patterns");
    assertThat(read("/a.b/ ".repeat(33))).contains("at most 32 patterns");
    assertThat(read("a".repeat(20_000))).contains("at most 16,384 characters");
  }

  @Test
  void no_text_makes_the_parser_fall() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("QueryParserTest seed " + seed);
    var random = new Random(seed);
    String alphabet = "ab:*?\\\"()[]{}/<>=!-+&| \t,.登TOANDORNOT1\u0000\ud83d";
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int k = random.nextInt(24); k > 0; k--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(read(text.toString())).as("seed %d: %s", seed, text).isNotEmpty();
    }
  }

  @Test
  void a_regular_expression_that_would_explode_is_refused() {
    assertThatThrownBy(() -> town.find("user.name:/(.*a){30}.{30}/"))
        .isInstanceOf(QueryFault.class)
        .hasMessageContaining("too complex");
  }

  private String read(String query) {
    try {
      return shown(QueryParser.parse(query, town.names(Scope.national())));
    } catch (QueryFault fault) {
      assertThat(fault.column()).isBetween(1, query.length() + 1);
      return "! " + fault.column() + ": " + fault.getMessage();
    }
  }

  private static String shown(Clause clause) {
    return switch (clause) {
      case Clause.All _ -> "all";
      case Clause.Term(var field, var value, var column) -> field + "=" + value + "@" + column;
      case Clause.Phrase(var field, var value, var column) ->
          field + "=\"" + value + "\"@" + column;
      case Clause.Wildcard(var field, var pattern, var column) ->
          field + "~" + pattern + "@" + column;
      case Clause.Regex(var field, var pattern, var column) ->
          field + "~/" + pattern + "/@" + column;
      case Clause.Range range ->
          "%s in %s%s,%s%s@%d"
              .formatted(
                  range.field(),
                  range.withFrom() ? "[" : "{",
                  range.from(),
                  range.to(),
                  range.withTo() ? "]" : "}",
                  range.column());
      case Clause.Cidr(var field, var network, var column) ->
          field + " in " + network + "@" + column;
      case Clause.Exists(var field, var column) -> "has " + field + "@" + column;
      case Clause.Kept kept -> throw new AssertionError("no query says " + kept);
      case Clause.And(var parts) -> "and(" + shown(parts) + ")";
      case Clause.Or(var parts) -> "or(" + shown(parts) + ")";
      case Clause.Not(var part) -> "not(" + shown(part) + ")";
    };
  }

  private static String shown(List<Clause> parts) {
    return parts.stream().map(QueryParserTest::shown).collect(Collectors.joining(" "));
  }

  private static List<String> table() throws IOException {
    try (var file = QueryParserTest.class.getResourceAsStream(TABLE)) {
      byte[] bytes = Objects.requireNonNull(file).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
  }
}
