package mo.farol.match;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import mo.farol.disk.AtomicFile;
import mo.farol.sigma.LogSource;

/**
 * Which fields that a rule looks at were ever sent, by agency and log source. Kept in a file of
 * lines {@code agency TAB product TAB category TAB service TAB name TAB name...}.
 *
 * @param names by agency, then log source as rules name it
 */
public record SeenFields(Map<String, Map<LogSource, Set<String>>> names) {
  private static final int HEAD = 4;

  /** Nothing was sent yet. */
  public static SeenFields none() {
    return new SeenFields(Map.of());
  }

  /** Reads what was kept; nothing where the file isn't there. */
  public static SeenFields load(Path file) throws IOException {
    var seen = new SeenFields(new TreeMap<>());
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        var words = List.of(line.split("\t", -1));
        if (words.size() > HEAD) {
          var source = new LogSource(words.get(1), words.get(2), words.get(3));
          seen.add(words.get(0), source, words.subList(HEAD, words.size()));
        }
      }
    }
    return seen;
  }

  void add(String agency, LogSource source, Collection<String> some) {
    names
        .computeIfAbsent(agency, _ -> new java.util.HashMap<>())
        .computeIfAbsent(source, _ -> new TreeSet<>())
        .addAll(some);
  }

  /** Keeps it, the old file replaced whole. */
  public void save(Path file) throws IOException {
    var text = new StringBuilder();
    names.forEach(
        (agency, sources) ->
            sources.forEach(
                (source, some) ->
                    text.append(
                            String.join(
                                "\t",
                                agency,
                                source.product(),
                                source.category(),
                                source.service()))
                        .append('\t')
                        .append(String.join("\t", some))
                        .append('\n')));
    AtomicFile.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Names that events of a log source had.
   *
   * @param agencies whose events the asker may know of
   */
  public Set<String> of(LogSource source, Predicate<String> agencies) {
    var all = new LinkedHashSet<String>();
    names.forEach(
        (agency, sources) -> {
          if (agencies.test(agency)) {
            all.addAll(sources.getOrDefault(source, Set.of()));
          }
        });
    return all;
  }
}
