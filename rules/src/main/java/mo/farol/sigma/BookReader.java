package mo.farol.sigma;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Walks folders and reads what it finds; a broken file costs nobody but itself. */
final class BookReader {
  private static final int FILE_LIMIT = 2 << 20;
  private static final int FOLDER_DEPTH = 20;

  private final Placeholders placeholders;
  private final List<SigmaRule> rules = new ArrayList<>();
  private final List<SigmaCorrelation> correlations = new ArrayList<>();
  private final List<SigmaFilter> filters = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();
  private final LinkPlaces places = new LinkPlaces();
  private final Map<String, Path> seen = new HashMap<>();

  BookReader(Placeholders placeholders) {
    this.placeholders = placeholders;
  }

  RuleBook read(List<Path> folders) {
    folders.forEach(this::folder);
    var resolved = new CorrelationLinks(rules, correlations, refusals, places).resolve();
    var filtered = new FilterLinks(filters, correlations, remarks).apply(rules);
    return new RuleBook(filtered, resolved, refusals, filters, remarks);
  }

  private void folder(Path folder) {
    if (Files.isRegularFile(folder)) {
      file(folder);
      return;
    }
    List<Path> files;
    try (var walk = Files.walk(folder, FOLDER_DEPTH)) {
      files = walk.filter(BookReader::isRule).sorted().toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      refusals.add(new Refusal(folder, 1, 1, "the folder can't be read: " + e.getMessage()));
      return;
    }
    files.forEach(this::file);
  }

  private static boolean isRule(Path path) {
    String name = String.valueOf(path.getFileName());
    return (name.endsWith(".yml") || name.endsWith(".yaml")) && Files.isRegularFile(path);
  }

  private void file(Path file) {
    try {
      if (Files.size(file) > FILE_LIMIT) {
        refusals.add(new Refusal(file, 1, 1, "larger than " + FILE_LIMIT + " bytes"));
        return;
      }
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, StandardCharsets.UTF_8);
      var reading = new Reading(file, Versions.of(bytes), text, placeholders, remarks);
      for (Node node : YamlNodes.documents(text)) {
        document(node, reading);
      }
    } catch (RuleFault e) {
      refuse(file, e);
    } catch (IOException e) {
      refusals.add(new Refusal(file, 1, 1, "can't be read: " + e.getMessage()));
    }
  }

  private void document(Node node, Reading reading) {
    Path file = reading.file();
    int before = remarks.size();
    try {
      if (has(node, "action")) {
        throw RuleFault.at(node, "'action' documents left Sigma with 2.0; write whole rules");
      }
      if (has(node, "correlation")) {
        var correlation = CorrelationReader.read(node, file, reading.version());
        claim(correlation.ref(), node, file);
        places.know(correlation.ref().id(), node);
        correlations.add(correlation);
      } else if (has(node, "detection")) {
        var rule = RuleReader.read(node, reading);
        claim(rule.ref(), node, file);
        rules.add(rule);
      } else if (has(node, "filter")) {
        var filter = FilterReader.read(node, reading);
        claim(filter.ref(), node, file);
        filters.add(filter);
      } else {
        throw RuleFault.at(node, "neither a detection nor a correlation nor a filter");
      }
    } catch (RuleFault e) {
      remarks.subList(before, remarks.size()).clear();
      refuse(file, e);
    }
  }

  private void claim(RuleRef ref, Node node, Path file) throws RuleFault {
    Path other = seen.putIfAbsent(ref.id(), file);
    if (other != null) {
      throw RuleFault.at(node, "the id " + ref.id() + " is taken by " + other);
    }
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
