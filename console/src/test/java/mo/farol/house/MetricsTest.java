package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The manual's table of {@code /metrics} is what the sources register, names and tags alike: some
 * are registered only when they first count, so no running centre could tell them all.
 */
class MetricsTest {
  private static final List<String> MODULES = List.of("collector", "rules", "playbooks", "console");
  private static final Pattern OURS = Pattern.compile("\"(farol_[a-z_]+)\"((?:(?!\"farol_)[^;])*)");
  private static final Pattern REFUSING =
      Pattern.compile("(?<!Answer )\\b(?:counts\\.refused|refuse|new Refusal)\\(([^;]*);");
  private static final Pattern REASON = Pattern.compile("\"([a-z.-]+)\"");
  private static final Pattern TAG = Pattern.compile("\"([a-z.]+)\"\\s*,");
  private static final Pattern DOCUMENTED = Pattern.compile("`(farol_[a-z_]+)(?:\\{([a-z,]+)})?`");

  @Test
  void every_meter_and_its_tags_stand_in_the_manual_and_nothing_else_does() throws Exception {
    var registered = registered();
    assertThat(registered)
        .hasSizeGreaterThan(50)
        .contains("farol_intake_dropped_total agency input");
    var documented = documented();
    assertThat(documented)
        .as("console/docs/manual.md, the table of /metrics: what is missing, what is too much")
        .isEqualTo(registered);
  }

  @Test
  void every_reason_of_a_refusal_stands_in_the_manual_and_nothing_else_does() throws Exception {
    String manual = Files.readString(Path.of("docs", "manual.md"));
    int begin = manual.indexOf("Reasons of a refusal:");
    String paragraph = manual.substring(begin, manual.indexOf("\n\n", begin));
    assertThat(matches(Pattern.compile("`([a-z.-]+)(?:…)?`"), paragraph)).isEqualTo(reasons());
  }

  private static SortedSet<String> registered() throws IOException {
    var all = new TreeSet<String>();
    for (String source : sources(MODULES)) {
      OURS.matcher(source)
          .results()
          .forEach(found -> all.add(named(found.group(1), matches(TAG, found.group(2)))));
    }
    return all;
  }

  private static SortedSet<String> documented() throws IOException {
    var all = new TreeSet<String>();
    for (String line : Files.readAllLines(Path.of("docs", "manual.md"))) {
      if (line.startsWith("| `farol_")) {
        DOCUMENTED
            .matcher(line.substring(0, line.indexOf(" | ", 2)))
            .results()
            .forEach(
                found -> {
                  String tags = found.group(2) == null ? "" : found.group(2);
                  all.add(named(found.group(1), new TreeSet<>(List.of(tags.split(",", -1)))));
                });
      }
    }
    return all;
  }

  private static String named(String name, SortedSet<String> tags) {
    return (name + " " + String.join(" ", tags)).strip();
  }

  // Those said where they are counted, those of a refusal over HTTP, and inputs whose framing
  // broke.
  private static SortedSet<String> reasons() throws IOException {
    var all = new TreeSet<>(List.of("relp", "lumberjack"));
    for (String source : sources(List.of("collector"))) {
      matches(REFUSING, source).forEach(words -> all.addAll(matches(REASON, words)));
    }
    return all.stream()
        .map(reason -> reason.startsWith("gelf-") ? "gelf-" : reason)
        .map(reason -> reason.startsWith("hec.") ? "hec." : reason)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static SortedSet<String> matches(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> sources(List<String> modules) throws IOException {
    var sources = new ArrayList<String>();
    for (String module : modules) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          sources.add(Files.readString(file));
        }
      }
    }
    return sources;
  }
}
