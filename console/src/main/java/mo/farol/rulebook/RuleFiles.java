package mo.farol.rulebook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.disk.AtomicFile;
import mo.farol.sigma.RuleHead;

/** In which file a rule lies, and in which one a text would go. */
final class RuleFiles {
  private final RulesInForce rules;

  RuleFiles(RulesInForce rules) {
    this.rules = rules;
  }

  /** The text of a file that is in force; empty where none is. */
  String inForce(Path file) {
    return rules.now().texts().getOrDefault(file, "");
  }

  /** The text of the file that a rule in force lies in. */
  Optional<String> text(String rule) {
    return path(rule).map(path -> rules.now().texts().getOrDefault(path, ""));
  }

  /** Where a rule in force lies, as people know it. */
  Optional<String> file(String rule) {
    return path(rule).map(rules.folders()::name);
  }

  private Optional<Path> path(String rule) {
    var book = rules.now().rules().book();
    return Stream.of(
            book.rules().stream().map(r -> Map.entry(r.ref().id(), r.path())),
            book.correlations().stream().map(r -> Map.entry(r.ref().id(), r.path())),
            book.filters().stream().map(r -> Map.entry(r.ref().id(), r.path())))
        .flatMap(all -> all)
        .filter(entry -> entry.getKey().equals(rule))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The file of the home that holds one of the text's rules, or one of its own. */
  Path target(String text) {
    var own = rules.folders().own();
    var heads = RuleHead.of(text, Path.of("draft.yml"));
    for (var head : heads) {
      var path = path(head.id()).filter(p -> p.startsWith(own));
      if (path.isPresent()) {
        return path.get();
      }
    }
    String name =
        heads.isEmpty()
            ? "rule"
            : heads.getFirst().title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    name = name.replaceAll("^-|-$", "");
    name = name.length() > 60 ? name.substring(0, 60) : name.isEmpty() ? "rule" : name;
    var file = own.resolve(name + ".yml");
    for (int n = 2; Files.exists(file); n++) {
      file = own.resolve(name + "-" + n + ".yml");
    }
    return file;
  }

  /**
   * Puts a text in the place of a file's, at once and for good.
   *
   * @throws RulesFault where the disk does not take it
   */
  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      AtomicFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new RulesFault(
          "cannot write " + file + ": " + e + "; see to the disk and try again", e);
    }
  }
}
