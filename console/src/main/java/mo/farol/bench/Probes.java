package mo.farol.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines of a {@link Corpus} that raise an alert each, by a rule of the bench, and carry their own
 * number: the line's, from 0.
 */
final class Probes {
  /** What its rule is called, and so its alerts. */
  static final String TITLE = "A probe of the bench";

  private static final Pattern NAME = Pattern.compile("probe-(\\d{12})\\b");
  private static final String RULE =
      "title: "
          + TITLE
          + """

      id: 5b1a6a3e-0000-4000-8000-000000000010
      logsource: {product: linux, service: sudo}
      detection:
        sel: {message|endswith: 'COMMAND=/usr/bin/farol-probe'}
        condition: sel
      level: medium
      """;

  private Probes() {}

  /** Puts the rule among those of a home. */
  static void writeRule(Path home) throws IOException {
    Path folder = Files.createDirectories(home.resolve("rules/sigma"));
    Files.writeString(folder.resolve("bench-probe.yml"), RULE);
  }

  /** Whether a line is one of every so many, the last of them; none is where 0. */
  static boolean isOne(long line, long every) {
    return every > 0 && line % every == every - 1;
  }

  /** Who is told to have run it. */
  static String name(long line) {
    return "probe-%012d".formatted(line);
  }

  /** Numbers of the probes that a text names, in its order, once each. */
  static List<Long> named(String text) {
    var found = new ArrayList<Long>();
    NAME.matcher(text).results().forEach(name -> found.add(Long.parseLong(name.group(1))));
    return found.stream().distinct().toList();
  }
}
