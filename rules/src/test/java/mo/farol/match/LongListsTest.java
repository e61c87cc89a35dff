package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mo.farol.sigma.Network;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of thousands of values: asked in one go, and found as one by one. */
class LongListsTest {
  private static final int VALUES = 5_000;

  private static RuleBook book(String key, List<String> values) {
    var book =
        Rules.book(
            """
            title: A long list
            logsource: {category: test}
            detection:
              s:
                %s: [%s]
              condition: s
            """
                .formatted(
                    key,
                    values.stream().map(v -> "'" + v + "'").collect(Collectors.joining(", "))));
    assertThat(book.refusals()).isEmpty();
    return book;
  }

  private static void same(RuleBook book, List<String> events) {
    var matcher = new Matcher(book, FieldMap.standard());
    var brute = new BruteMatcher(book, FieldMap.standard());
    var batch = Events.of(events.stream().map(e -> "{\"f\":\"" + e + "\"}").toList());
    int found = 0;
    for (int i = 0; i < batch.count(); i++) {
      var ids = Rules.ids(matcher, batch, i);
      assertThat(ids).as(events.get(i)).isEqualTo(brute.ids(batch, i));
      found += ids.size();
    }
    assertThat(found).isBetween(1, events.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"f", "f|contains", "f|startswith", "f|endswith", "f|contains|windash"})
  void five_thousand_values_match_as_one_by_one(String key) {
    var random = new Random(7);
    var values =
        IntStream.range(0, VALUES)
            .mapToObj(i -> "-" + Long.toHexString(random.nextLong()) + "-" + i)
            .toList();
    var events = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      String value = values.get(random.nextInt(VALUES));
      events.add(value.toUpperCase(java.util.Locale.ROOT));
      events.add("x" + value);
      events.add(value + "x");
      events.add("x" + value + "x");
      events.add(value.substring(1));
      events.add("y" + value.substring(2) + value.substring(3));
      events.add(value.replace('-', '/'));
    }
    same(book(key, values), events);
  }

  @Test
  void a_long_list_is_one_set_and_no_row_of_tests() {
    var values = IntStream.range(0, VALUES).mapToObj(i -> "value-" + i).toList();
    var compiled =
        new Compiler(FieldMap.standard(), new Columns())
            .compile(book("f", values).rules().getFirst(), 0);
    assertThat(sets(compiled.node)).containsExactly(VALUES);
  }

  private static List<Integer> sets(Node node) {
    return switch (node) {
      case Node.All all -> all.parts.stream().flatMap(p -> sets(p).stream()).toList();
      case Node.Any any -> any.parts.stream().flatMap(p -> sets(p).stream()).toList();
      case Node.Not not -> sets(not.part);
      case Node.Selection selection -> sets(selection.body);
      case Node.Several several -> List.of(several.parts.size());
      case Node.Leaf _ -> List.of(1);
    };
  }

  @Test
  void networks_are_one_tree_that_finds_what_each_finds() {
    var random = new Random(11);
    var texts = new ArrayList<String>(List.of("::/0".replace("/0", "/16"), "2001:db8::/33"));
    for (int i = 0; i < 1_000; i++) {
      texts.add(dotted(random) + "/" + (9 + random.nextInt(24)));
    }
    var networks = texts.stream().map(t -> Network.parse(t).orElseThrow()).toList();
    var tree = new NetworkSet(networks);
    var found = new int[2];
    for (int i = 0; i < 5_000; i++) {
      String address =
          switch (i % 50) {
            case 0 -> "2001:db8:" + Integer.toHexString(random.nextInt(0x10000)) + "::1";
            case 1 -> "1.2.3";
            case 2 -> "256.1.1.1";
            case 3 -> "01.002.3.4";
            case 4 -> "::ffff:" + dotted(random);
            case 5 -> "1.2.3.4.5";
            default -> dotted(random);
          };
      byte[] bytes = address.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      boolean expected = networks.stream().anyMatch(n -> n.contains(address));
      assertThat(tree.test(bytes, 0, bytes.length)).as(address).isEqualTo(expected);
      found[expected ? 1 : 0]++;
    }
    assertThat(found[0]).isPositive();
    assertThat(found[1]).isPositive();
  }

  @Test
  void a_list_of_networks_in_a_rule_matches_as_one_by_one() {
    var random = new Random(13);
    var values = IntStream.range(0, 800).mapToObj(_ -> dotted(random) + "/12").toList();
    var events = IntStream.range(0, 60).mapToObj(_ -> dotted(random)).toList();
    same(book("f|cidr", values), events);
  }

  private static String dotted(Random random) {
    return random.nextInt(256)
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256);
  }
}
