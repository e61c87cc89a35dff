package mo.farol.sigma;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/** What detection rules and correlation rules say about themselves alike. */
record Header(
    RuleRef ref,
    String name,
    Level level,
    String status,
    List<String> tags,
    List<String> techniques,
    boolean fact,
    String author,
    String description) {
  private static final Pattern TECHNIQUE = Pattern.compile("attack\\.(t[0-9]{4}(?:\\.[0-9]{3})?)");
  private static final Set<String> STATUSES =
      Set.of("stable", "test", "experimental", "deprecated", "unsupported");
  private static final Set<String> OURS = Set.of("fact");

  static Header read(Node node, YamlNodes yaml, Map<String, YamlNodes.Entry> map, Path file)
      throws RuleFault {
    String title = yaml.text(map, "title");
    String id = yaml.text(map, "id");
    var tags = yaml.texts(map, "tags");
    String status = yaml.text(map, "status");
    if (title.isEmpty()) {
      throw RuleFault.at(node, "title is missing");
    }
    if (!status.isEmpty() && !STATUSES.contains(status)) {
      throw RuleFault.at(
          YamlNodes.need(node, map, "status"), "status: there is no '" + status + "'");
    }
    return new Header(
        new RuleRef(id.isEmpty() ? idFrom(title, file) : id, "", title),
        yaml.text(map, "name"),
        level(node, yaml, map),
        status,
        tags,
        techniques(tags),
        fact(yaml, map),
        yaml.text(map, "author"),
        yaml.text(map, "description"));
  }

  /** A rule may come without an id; its title then names it. */
  static String idFrom(String title, Path file) {
    String slug = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return slug.equals("-") ? String.valueOf(file.getFileName()) : slug;
  }

  private static Level level(Node node, YamlNodes yaml, Map<String, YamlNodes.Entry> map)
      throws RuleFault {
    String word = yaml.text(map, "level");
    try {
      return word.isEmpty() ? Level.MEDIUM : Level.ofWord(word);
    } catch (IllegalArgumentException e) {
      throw RuleFault.at(YamlNodes.need(node, map, "level"), "level: " + e.getMessage());
    }
  }

  private static List<String> techniques(List<String> tags) {
    return tags.stream()
        .map(tag -> TECHNIQUE.matcher(tag.toLowerCase(Locale.ROOT)))
        .filter(java.util.regex.Matcher::matches)
        .map(match -> match.group(1).toUpperCase(Locale.ROOT))
        .distinct()
        .collect(Collectors.toList());
  }

  private static boolean fact(YamlNodes yaml, Map<String, YamlNodes.Entry> map) throws RuleFault {
    var ours = map.get("farol");
    if (ours == null) {
      return false;
    }
    var keys = yaml.map(ours.value(), "farol");
    for (var key : keys.values()) {
      String word = yaml.text(key.key(), "farol");
      if (!OURS.contains(word)) {
        throw RuleFault.at(key.key(), "farol: there is no '" + word + "', only 'fact'");
      }
    }
    return yaml.flag(keys, "fact", false);
  }
}
