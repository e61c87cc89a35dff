package mo.farol.sigma;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Walks folders and reads what it finds; a broken file costs nobody but itself. */
final class BookReader {
  private static final int FILE_LIMIT = 2 << 20;
  private static final int FOLDER_DEPTH = 20;

  private final Placeholders placeholders;
  private final RuleTexts texts;
  private final List<SigmaRule> rules = new ArrayList<>();
  private final List<SigmaCorrelation> correlations = new ArrayList<>();
  private final List<SigmaFilter> filters = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();
  private final LinkPlaces places = new LinkPlaces();
  private final Map<String, Path> seen = new HashMap<>();

  BookReader(Placeholders placeholders, RuleTexts texts) {
    this.placeholders = placeholders;
    this.texts = texts;
  }

  RuleBook read(List<Path> folders) {
    folders.forEach(this::folder);
    new TreeMap<>(texts.shadows()).forEach(this::shadow);
    var resolved = new CorrelationLinks(rules, correlations, refusals, places).resolve();
    var filtered = new FilterLinks(filters, correlations, remarks).apply(rules);
    return new RuleBook(filtered, resolved, refusals, filters, remarks).under(Names.AS_WRITTEN);
  }

  private void folder(Path folder) {
    if (Files.isRegularFile(folder)) {
      file(folder);
      return;
    }
    List<Path> files;
    try {
      files = files(folder, Files.isSymbolicLink(folder) ? folder.toRealPath() : folder);
    } catch (IOException | java.io.UncheckedIOException e) {
      refusals.add(new Refusal(folder, 1, 1, "the folder can't be read: " + e.getMessage()));
      return;
    }
    files.forEach(this::file);
  }

  /** Goes into the folder behind a link; links further in are not followed. */
  private List<Path> files(Path folder, Path real) throws IOException {
    try (var walk = Files.walk(real, FOLDER_DEPTH)) {
      var there = walk.filter(BookReader::isRule).map(file -> shown(folder, real, file));
      var given = texts.instead().keySet().stream().filter(f -> f.startsWith(folder));
      return Stream.concat(there, given).distinct().sorted().toList();
    }
  }

  /** A file as it is shown: under the link through which it was found. */
  private static Path shown(Path folder, Path real, Path file) {
    return folder.equals(real) ? file : folder.resolve(real.relativize(file));
  }

  private static boolean isRule(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return (name.endsWith(".yml") || name.endsWith(".yaml")) && Files.isRegularFile(path);
  }

  private void file(Path file) {
    String other = texts.instead().get(file);
    if (other != null) {
      text(file, other, false);
      return;
    }
    try {
      if (Files.size(file) > FILE_LIMIT) {
        refusals.add(new Refusal(file, 1, 1, "larger than " + FILE_LIMIT + " bytes"));
        return;
      }
      text(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8), false);
    } catch (IOException e) {
      refusals.add(new Refusal(file, 1, 1, "can't be read: " + e.getMessage()));
    }
  }

  /** A correlation in shadow counts the rules beside it, and in force those that are not there. */
  private void shadow(Path name, String text) {
    int rulesBefore = rules.size();
    int before = correlations.size();
    text(name, text, true);
    var ids = new HashMap<String, String>();
    rules.subList(rulesBefore, rules.size()).forEach(r -> own(r.ref().id(), r.name(), ids));
    var mine = correlations.subList(before, correlations.size());
    mine.forEach(c -> own(c.ref().id(), c.name(), ids));
    mine.replaceAll(c -> c.calling(ids));
  }

  private static void own(String id, String name, Map<String, String> ids) {
    ids.put(Shadow.plain(id), id);
    if (!name.isEmpty()) {
      ids.put(name, id);
    }
  }

  private void text(Path file, String text, boolean shadow) {
    try {
      var reading = new Reading(file, text, placeholders, remarks);
      for (Node node : YamlNodes.documents(text)) {
        document(node, reading, shadow);
      }
    } catch (RuleFault e) {
      refuse(file, e);
    }
  }

  private void document(Node node, Reading reading, boolean shadow) {
    int before = remarks.size();
    try {
      if (has(node, "action")) {
        throw RuleFault.at(node, "'action' documents left Sigma with 2.0; write whole rules");
      }
      if (has(node, "correlation")) {
        correlation(node, reading, shadow);
      } else if (has(node, "detection")) {
        var rule = RuleReader.read(node, reading);
        rules.add(rule.called(claim(rule.ref(), node, reading, shadow)));
      } else if (has(node, "filter")) {
        if (shadow) {
          throw RuleFault.at(node, "a filter can't be tried in shadow; publish it");
        }
        var filter = FilterReader.read(node, reading);
        claim(filter.ref(), node, reading, false);
        filters.add(filter);
      } else {
        throw RuleFault.at(node, "neither a detection nor a correlation nor a filter");
      }
    } catch (RuleFault e) {
      remarks.subList(before, remarks.size()).clear();
      refuse(reading.file(), e);
    }
  }

  private void correlation(Node node, Reading reading, boolean shadow) throws RuleFault {
    var read = CorrelationReader.read(node, reading.file());
    var correlation = read.called(claim(read.ref(), node, reading, shadow));
    places.know(correlation.ref().id(), node);
    correlations.add(correlation);
  }

  /** The id under which a document stands in the book, which nobody else has. */
  private String claim(RuleRef ref, Node node, Reading reading, boolean shadow) throws RuleFault {
    if (Shadow.is(ref.id())) {
      throw RuleFault.at(node, "an id may not begin as those of rules in shadow do");
    }
    String id = shadow ? Shadow.of(ref.id()) : ref.id();
    Path other = seen.putIfAbsent(id, reading.file());
    if (other != null) {
      throw RuleFault.at(node, "the id " + ref.id() + " is taken by " + other);
    }
    return id;
  }

  private void refuse(Path file, RuleFault e) {
    refusals.add(new Refusal(file, e.line(), e.column(), e.reason(), e.isWaiting()));
  }

  private static boolean has(Node node, String key) {
    return node instanceof MappingNode map
        && map.getValue().stream()
            .anyMatch(
                tuple ->
                    tuple.getKeyNode() instanceof org.yaml.snakeyaml.nodes.ScalarNode name
                        && name.getValue().equals(key));
  }
}
