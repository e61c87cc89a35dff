package mo.farol.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import mo.farol.match.Rounds;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.SigmaRule;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random rules over random events: a hunt finds what asking every event finds. */
@Tag("rounds")
class RandomRulesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = Long.getLong("farol.seed", 20_261_126);
  private static final int EVENTS = 400;
  private static final int RULES = Rounds.of(60, 300);
  private static final List<String> FIELDS =
      List.of(
          "Image",
          "CommandLine",
          "Threat Name",
          "user.name",
          "source.ip",
          "PeerIp",
          "count",
          "message",
          "when",
          "url.path",
          "id",
          "severity",
          "tags");
  private static final List<String> PIECES =
      List.of(
          "powershell",
          "-enc",
          "/enc",
          " ",
          "\\",
          "C:\\Windows\\",
          "cmd.exe",
          "*",
          "?",
          "a",
          "1.2",
          ".5",
          "5.",
          "Σίσυφος",
          "ς",
          "İstanbul",
          "\u212A",
          "ſs",
          "部門",
          "密碼",
          "naïve",
          "e\u0301",
          "_",
          "admin",
          "10.1.2.3",
          "ROOT",
          "\uFF21\uFF22",
          "\uD801\uDC00",
          "=;",
          "'");

  private final Random random = new Random(SEED);

  @TempDir private Path folder;

  @Test
  void what_is_random_is_found_all_the_same() throws Exception {
    try (var ground = new Ground(folder.resolve("home"))) {
      var events = new ArrayList<Map<String, Object>>();
      for (int i = 0; i < EVENTS; i++) {
        events.add(event());
      }
      ground.add("a", events.stream().map(RandomRulesTest::json).toList());
      ground.add("b", List.of("<13>not <json> at all powershell", " ", "\u0001\u0002 broken"));
      Path rules = Files.createDirectories(folder.resolve("rules"));
      for (int i = 0; i < RULES; i++) {
        Files.writeString(rules.resolve("r%04d.yml".formatted(i)), rule(i, events));
      }
      var book = RuleBook.load(List.of(rules));
      assertThat(book.rules()).hasSizeGreaterThan(RULES / 2);
      compare(ground, book);
    }
  }

  private static void compare(Ground ground, RuleBook book) {
    var live = ground.brute(book, RuleSettings.standard());
    long read = 0;
    for (var rule : book.rules()) {
      String id = rule.ref().id();
      var result = ground.hunt(Ground.only(book, id));
      read += result.read();
      var expected = live.getOrDefault(id, Set.of());
      var found = Ground.found(result).getOrDefault(id, Set.of());
      assertThat(minus(expected, found)).as("missed, %s", told(rule)).isEmpty();
      assertThat(minus(found, expected)).as("too many, %s", told(rule)).isEmpty();
    }
    assertThat(live).hasSizeGreaterThan(RULES / 10);
    assertThat(read).isLessThan((long) book.rules().size() * EVENTS * 3 / 4);
    var together = ground.hunt(book);
    assertThat(together.finds().stream().mapToLong(HuntResult.Find::count).sum())
        .isEqualTo(live.values().stream().mapToLong(Set::size).sum());
  }

  private static Set<Long> minus(Set<Long> some, Set<Long> others) {
    var left = new TreeSet<>(some);
    left.removeAll(others);
    return left;
  }

  private static String told(SigmaRule rule) {
    return "seed %d: %s%n%s".formatted(SEED, rule.condition(), rule.detection());
  }

  private Map<String, Object> event() {
    var event = new LinkedHashMap<String, Object>();
    for (String field : FIELDS) {
      if (random.nextInt(3) > 0) {
        event.put(field, value(field));
      }
    }
    return event;
  }

  private Object value(String field) {
    return switch (field) {
      case "source.ip", "PeerIp" -> address();
      case "count" -> pick(List.of("7", "+8", "1e2", "99", "-3", "0.5", "007", "x9", 12, ""));
      case "when" -> "2026-1%d-0%dT0%d:00:00Z".formatted(one(0, 2), one(1, 9), one(0, 9));
      case "tags" -> List.of(text(2), text(2), "");
      default -> random.nextInt(25) == 0 ? "" : text(random.nextInt(12) == 0 ? 600 : 5);
    };
  }

  private String address() {
    return switch (random.nextInt(4)) {
      case 0 -> "10.%d.2.%d".formatted(one(0, 3), one(1, 9));
      case 1 -> "::ffff:10.1.2.%d".formatted(one(1, 9));
      case 2 -> "2001:db8::%d".formatted(one(1, 9));
      default -> "192.168.%d.1".formatted(one(0, 3));
    };
  }

  private String text(int most) {
    var text = new StringBuilder();
    for (int n = 1 + random.nextInt(most); n > 0; n--) {
      String piece = pick(PIECES);
      text.append(random.nextInt(4) == 0 ? piece.toUpperCase(java.util.Locale.ROOT) : piece);
    }
    return text.toString();
  }

  private String rule(int n, List<Map<String, Object>> events) {
    var yaml = new StringBuilder();
    yaml.append("title: r%d\nid: 00000000-0000-4000-8000-%012d\n".formatted(n, n));
    yaml.append("logsource: {product: home, service: made}\ndetection:\n");
    var names = List.of("a", "b", "c").subList(0, one(1, 3));
    for (String name : names) {
      yaml.append("  ").append(name).append(":\n");
      if (random.nextInt(6) == 0) {
        yaml.append("    - ").append(quoted(part(pick(events)))).append('\n');
      } else {
        for (int k = one(1, 2); k > 0; k--) {
          yaml.append("    ").append(quoted(key(k))).append(": ");
          yaml.append(last.apply(pick(events))).append('\n');
        }
      }
    }
    return yaml.append("  condition: ").append(condition(names)).append('\n').toString();
  }

  private interface Values {
    String apply(Map<String, Object> event);
  }

  private Values last = _ -> "";

  // A field with modifiers, and how its values are made.
  private String key(int unique) {
    String field = pick(FIELDS).replace(" ", "");
    last = event -> list(part(event), part(pick(List.of(event))));
    return switch (random.nextInt(12)) {
      case 0 -> field + "|contains";
      case 1 -> field + "|startswith";
      case 2 -> field + "|endswith";
      case 3 -> with(field + "|re", event -> quoted(regex(part(event))));
      case 4 ->
          with(
              pick(List.of("source.ip", "PeerIp")) + "|cidr",
              _ ->
                  quoted(
                      pick(
                          List.of(
                              "10.1.0.0/16", "10.0.0.0/7", "2001:db8::/32", "192.168.0.0/22"))));
      case 5 ->
          with(
              "count|" + pick(List.of("lt", "lte", "gt", "gte")),
              _ -> pick(List.of("8", "0", "99", "7.5")));
      case 6 -> with(field + "|exists", _ -> pick(List.of("true", "false")));
      case 7 -> with(field, _ -> pick(List.of("null", "''", "'*'")));
      case 8 -> with(field + "|fieldref", _ -> quoted(pick(FIELDS).replace(" ", "")));
      case 9 -> field + "|contains|cased";
      case 10 -> with("when|month", _ -> pick(List.of("10", "11")));
      default -> unique == 1 ? field : field + "|contains|windash";
    };
  }

  private String with(String key, Values values) {
    last = values;
    return key;
  }

  private String list(String one, String other) {
    return random.nextInt(3) == 0 ? "[" + quoted(one) + ", " + quoted(other) + "]" : quoted(one);
  }

  // Some of a value that an event has, with a sign that stands for others, or one escaped.
  private String part(Map<String, Object> event) {
    var values = List.copyOf(event.values());
    String value = values.isEmpty() ? "x" : String.valueOf(pick(values));
    int[] points = value.codePoints().limit(400).toArray();
    int from = points.length == 0 ? 0 : random.nextInt(points.length);
    int to = Math.min(points.length, from + 1 + random.nextInt(12));
    String part = random.nextInt(4) == 0 ? value : new String(points, from, Math.max(0, to - from));
    part = part.replace("\\", "\\\\");
    part = random.nextInt(3) > 0 ? part.replace("*", "\\*").replace("?", "\\?") : part;
    part = random.nextInt(5) == 0 ? part.replaceFirst("[a-z]", "?") : part;
    part = random.nextInt(5) == 0 ? part.replaceFirst("[a-z]+", "*") : part;
    return part.isEmpty() ? "e" : part;
  }

  private String regex(String part) {
    String plain = part.replaceAll("[^A-Za-z0-9 ]", ".");
    return random.nextBoolean() ? plain + "|cm[dx]" : "(?i)" + plain + ".*";
  }

  private String condition(List<String> names) {
    var text = new StringBuilder();
    for (String name : names) {
      text.append(text.isEmpty() ? "" : pick(List.of(" and ", " or ", " and not ")));
      text.append(name);
    }
    return (random.nextInt(6) == 0 ? "not (" + text + ")" : text.toString());
  }

  private int one(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  private <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private static String quoted(String text) {
    return json(text);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
