package mo.farol.sigma;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Walks folders and reads what it finds; a broken file costs nobody but itself. */
final class BookReader {
  private static final int FILE_LIMIT = 2 << 20;
  private static final int FOLDER_DEPTH = 20;

  private final Map<String, List<String>> placeholders;
  private final List<SigmaRule> rules = new ArrayList<>();
  private final List<SigmaCorrelation> correlations = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Map<String, Path> seen = new HashMap<>();

  BookReader(Map<String, List<String>> placeholders) {
    this.placeholders = placeholders;
  }

  RuleBook read(List<Path> folders) {
    folders.forEach(this::folder);
    var resolved = new CorrelationLinks(rules, correlations, refusals).resolve();
    return new RuleBook(rules, resolved, refusals);
  }

  private void folder(Path folder) {
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
      String version = version(bytes);
      for (Node node : YamlNodes.documents(new String(bytes, StandardCharsets.UTF_8))) {
        document(node, file, version);
      }
    } catch (RuleFault e) {
      refuse(file, e);
    } catch (IOException e) {
      refusals.add(new Refusal(file, 1, 1, "can't be read: " + e.getMessage()));
    }
  }

  private void document(Node node, Path file, String version) {
    try {
      if (has(node, "action")) {
        throw RuleFault.at(node, "'action' documents left Sigma with 2.0; write whole rules");
      }
      if (has(node, "correlation")) {
        var correlation = CorrelationReader.read(node, file, version);
        claim(correlation.ref(), node, file);
        correlations.add(correlation);
      } else if (has(node, "detection")) {
        var rule = RuleReader.read(node, file, version, placeholders);
        claim(rule.ref(), node, file);
        rules.add(rule);
      } else {
        throw RuleFault.at(node, unknown(node));
      }
    } catch (RuleFault e) {
      refuse(file, e);
    }
  }

  private static String unknown(Node node) {
    if (has(node, "filter")) {
      return "Sigma filters are not supported by Farol yet";
    }
    return "neither a detection nor a correlation";
  }

  private void claim(RuleRef ref, Node node, Path file) throws RuleFault {
    Path other = seen.putIfAbsent(ref.id(), file);
    if (other != null) {
      throw RuleFault.at(node, "the id " + ref.id() + " is taken by " + other);
    }
  }

  private void refuse(Path file, RuleFault e) {
    refusals.add(new Refusal(file, e.line(), e.column(), e.reason()));
  }

  private static boolean has(Node node, String key) {
    return node instanceof MappingNode map
        && map.getValue().stream()
            .anyMatch(
                tuple ->
                    tuple.getKeyNode() instanceof org.yaml.snakeyaml.nodes.ScalarNode name
                        && name.getValue().equals(key));
  }

  private static String version(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
