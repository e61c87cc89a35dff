package mo.farol.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Sigma rules for the benchmark: as many as asked for, shaped like the public corpus, over the
 * sample traffic's sources.
 */
public final class SampleRules {
  private static final List<String> SOURCES =
      List.of(
          "category: webserver",
          "product: linux\n  service: sshd",
          "product: linux\n  service: sudo",
          "category: firewall",
          "product: linux");
  private static final List<String> FIELDS =
      List.of("message", "url.path", "user.name", "process.command_line", "user_agent.original");
  private static final List<String> MODIFIERS =
      List.of("contains", "endswith", "startswith", "contains");

  private SampleRules() {}

  /** Writes {@code count} rules into a folder, the same ones for the same seed. */
  public static void write(Path folder, int count, long seed) throws IOException {
    var dice = new Dice(seed);
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      Files.writeString(folder.resolve("sample-%04d.yml".formatted(i)), rule(i, dice));
    }
  }

  private static String rule(int i, Dice dice) {
    return """
    title: Sample rule %d
    id: %s
    status: test
    level: low
    logsource:
      %s
    detection:
      selection:
        '%s|%s':
          - '%s'
          - '%s'
          - '%s'
      filter:
        'host.name|startswith': 'build-%d'
      condition: selection and not filter
    """
        .formatted(
            i,
            new UUID(0x46_61_72_6f_6c_00_40_00L, 0x80_00_00_00_00_00_00_00L + i),
            dice.any(SOURCES),
            dice.any(FIELDS),
            dice.any(MODIFIERS),
            word(dice),
            word(dice),
            word(dice),
            dice.below(100));
  }

  private static String word(Dice dice) {
    var text = new StringBuilder();
    int length = dice.between(5, 14);
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + dice.below(26)));
    }
    return dice.below(3) == 0 ? "/" + text + ".php" : text.toString();
  }
}
