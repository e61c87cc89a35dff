package mo.farol.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import mo.farol.event.Origin;
import mo.farol.match.Rules;
import mo.farol.sigma.RuleBook;

/** Events of one product, of people who fail or come, and rules that count them. */
final class HomeEvents {
  static final Instant START = Instant.parse("2026-11-24T05:00:00Z");

  /** Two rules of single events, {@code failed} and {@code came}, and no correlation. */
  static final String SINGLE =
      """
      title: Failed
      id: 11111111-1111-4111-8111-111111111111
      name: failed
      logsource: {product: home}
      detection: {sel: {Act: fail}, condition: sel}
      ---
      title: Came
      id: 22222222-2222-4222-8222-222222222222
      name: came
      logsource: {product: home}
      detection: {sel: {Act: come}, condition: sel}
      """;

  /** Lines of a correlation: three failures of one user within ten minutes. */
  static final String THREE =
      "type: event_count|rules: [failed]|group-by: [User]|timespan: 10m|condition: {gte: 3}";

  private HomeEvents() {}

  /** The two rules, and a correlation of these lines; or of one text, cut at each bar. */
  static RuleBook book(String... lines) {
    return whole(text(lines));
  }

  /** A book of a text; nothing in it is refused. */
  static RuleBook whole(String text) {
    var book = Rules.book(text);
    assertThat(book.refusals()).isEmpty();
    return book;
  }

  static String text(String... lines) {
    return SINGLE
        + """
        ---
        title: Counted
        id: 33333333-3333-4333-8333-333333333333
        name: counted
        correlation:
        """
        + "  "
        + String.join("\n  ", lines).replace("|", "\n  ")
        + "\n";
  }

  static String frame(long second, String act, String user, String host, int size) {
    return """
        {"@timestamp":"%s","Act":"%s","User":"%s","Host":"%s","Size":"%d"}"""
        .formatted(START.plusSeconds(second), act, user, host, size);
  }

  static String failure(long second, String user, String host) {
    return frame(second, "fail", user, host, 1);
  }

  /** Three hours of two agencies and an import, in the order in which they came. */
  static void fill(Ground ground, long seed) {
    var random = new Random(seed);
    for (var origin : List.of(live("finance"), live("health"), imported("finance"))) {
      var frames = new ArrayList<String>();
      for (int i = 0; i < 250; i++) {
        frames.add(
            frame(
                random.nextInt(10_800),
                random.nextInt(3) == 0 ? "come" : random.nextInt(4) == 0 ? "other" : "fail",
                "u" + random.nextInt(4),
                "h" + random.nextInt(6),
                random.nextInt(50)));
      }
      Collections.shuffle(frames, random);
      ground.add(origin, Ground.NOW, frames);
    }
  }

  static Origin live(String agency) {
    return Origin.live(agency, "test", "192.0.2.7");
  }

  static Origin imported(String agency) {
    return new Origin(agency, "test", "", "import-1", false, "", 0, "UTC");
  }

  /** The seed of the build, or one of the moment; it is printed. */
  static long seed() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("-Dfarol.seed=" + seed);
    return seed;
  }
}
