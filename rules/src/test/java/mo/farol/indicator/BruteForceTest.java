package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The set finds what asking every indicator finds; {@code -Dseed=} takes a seed back. */
class BruteForceTest {
  private static final String[] LABELS = {"a", "b", "evil", "www", "x-1", "bücher", "d_e", "test"};

  @Test
  void the_set_finds_what_asking_every_indicator_finds() throws Unreadable {
    long seed = Long.getLong("seed", System.nanoTime());
    var random = new Random(seed);
    int seen = 0;
    for (int round = 0; round < 30; round++) {
      var keys = new LinkedHashSet<Key>();
      for (int i = 0; i < 150; i++) {
        keys.add(key(random));
      }
      var set = set(keys);
      var all = new ArrayList<>(keys);
      for (int i = 0; i < 150; i++) {
        String field = field(random);
        String value = value(random, field);
        var expected = NaiveMatch.in(all, field, value);
        assertThat(Seen.in(set, field, value))
            .as("seed %d: %s=%s", seed, field, value)
            .containsExactlyInAnyOrderElementsOf(expected);
        seen += expected.size();
      }
    }
    assertThat(seen).as("seed %d", seed).isGreaterThan(500);
  }

  private static IndicatorSet set(Set<Key> keys) {
    var builder = new IndicatorSetBuilder(WarningLists.none());
    var terms = new Terms("s", 50, Tlp.CLEAR, List.of(), Set.of(), 0, 0);
    keys.forEach(key -> builder.add(key, terms, "", Claims.NONE, Claims.NONE));
    return builder.build();
  }

  private static Key key(Random random) throws Unreadable {
    return switch (random.nextInt(6)) {
      case 0 -> Key.of(Kind.ADDRESS, address(random));
      case 1 -> Key.of(Kind.NETWORK, network(random));
      case 2 -> Key.of(Kind.DOMAIN, domain(random));
      case 3 -> Key.of(Kind.URL, url(random));
      case 4 -> Key.of(Kind.SHA1, digest(random));
      default -> Key.of(Kind.MAIL, mail(random));
    };
  }

  private static String field(Random random) {
    return List.of("source.ip", "url.domain", "url.full", "file.hash.sha1", "email.from.address")
        .get(random.nextInt(5));
  }

  private static String value(Random random, String field) {
    return switch (field) {
      case "source.ip" -> address(random);
      case "url.domain" -> random.nextInt(4) == 0 ? address(random) : cased(random, domain(random));
      case "url.full" -> url(random);
      case "file.hash.sha1" -> cased(random, digest(random));
      default -> cased(random, mail(random));
    };
  }

  private static String address(Random random) {
    return random.nextBoolean()
        ? "45." + random.nextInt(3) + "." + random.nextInt(3) + "." + random.nextInt(4)
        : "2a02:" + random.nextInt(2) + "::" + Integer.toHexString(random.nextInt(20));
  }

  private static String network(Random random) {
    String address = address(random);
    return address + "/" + (address.indexOf(':') < 0 ? random.nextInt(33) : random.nextInt(129));
  }

  private static String domain(Random random) {
    var labels = new ArrayList<String>();
    for (int i = 1 + random.nextInt(3); i >= 0; i--) {
      labels.add(LABELS[random.nextInt(LABELS.length)]);
    }
    return String.join(".", labels) + (random.nextInt(5) == 0 ? "." : "");
  }

  private static String url(Random random) {
    String host = random.nextInt(3) == 0 ? "45.0.0." + random.nextInt(4) : "evil.test";
    return (random.nextBoolean() ? "http://" : "HTTPS://")
        + cased(random, host)
        + "/"
        + LABELS[random.nextInt(5)];
  }

  private static String digest(Random random) {
    return "da39a3ee5e6b4b0d3255bfef95601890afd80" + (100 + random.nextInt(40));
  }

  private static String mail(Random random) {
    return LABELS[random.nextInt(4)] + "@" + LABELS[random.nextInt(4)] + ".test";
  }

  private static String cased(Random random, String text) {
    return random.nextBoolean() ? text.toUpperCase(java.util.Locale.ROOT) : text;
  }
}
