package mo.farol.sigma;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Walks YAML with its places kept, and with bounds: depth, aliases, and how many nodes one file may
 * have us visit, so that nested aliases can't blow up.
 */
final class YamlNodes {
  private static final int VISITS = 200_000;
  private static final int DEPTH = 24;
  private static final int ALIASES = 100;

  private int left = VISITS;

  /** A key and its value, both with their places. */
  record Entry(Node key, Node value) {}

  /** The documents of a file, empty ones left out. */
  static List<Node> documents(String text) throws RuleFault {
    var options = new LoaderOptions();
    options.setNestingDepthLimit(DEPTH);
    options.setMaxAliasesForCollections(ALIASES);
    options.setCodePointLimit(text.length() + 1);
    options.setAllowRecursiveKeys(false);
    var documents = new ArrayList<Node>();
    try {
      for (Node node : new Yaml(new SafeConstructor(options)).composeAll(new StringReader(text))) {
        if (!node.getTag().equals(Tag.NULL)) {
          documents.add(node);
        }
      }
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
      String reason = "not YAML: " + e.getProblem();
      throw mark == null ? new RuleFault(1, 1, reason) : RuleFault.at(mark, reason);
    } catch (YAMLException e) {
      throw new RuleFault(1, 1, "not YAML: " + firstLine(e));
    }
    return documents;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
  }

  /** The entries of a map by their key; a key may stand once. */
  Map<String, Entry> map(Node node, String what) throws RuleFault {
    if (!(node instanceof MappingNode map)) {
      throw RuleFault.at(node, what + " must be a map of names and values");
    }
    var entries = new LinkedHashMap<String, Entry>();
    for (var tuple : map.getValue()) {
      visit(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.MERGE)) {
        throw RuleFault.at(tuple.getKeyNode(), what + ": a name must be plain text");
      }
      var entry = new Entry(key, tuple.getValueNode());
      if (entries.put(key.getValue(), entry) != null) {
        throw RuleFault.at(key, what + ": '" + key.getValue() + "' stands here twice");
      }
    }
    return entries;
  }

  /** The value of an entry that must be there. */
  static Node need(Node parent, Map<String, Entry> map, String name) throws RuleFault {
    var entry = map.get(name);
    if (entry == null) {
      throw RuleFault.at(parent, name + " is missing");
    }
    return entry.value();
  }

  /** The items of a list, or the node itself as its only item. */
  List<Node> items(Node node) throws RuleFault {
    if (!(node instanceof SequenceNode list)) {
      visit(node);
      return List.of(node);
    }
    for (Node item : list.getValue()) {
      visit(item);
    }
    return list.getValue();
  }

  /** A scalar's text as written. */
  String text(Node node, String what) throws RuleFault {
    visit(node);
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw RuleFault.at(node, what + " must be a single value");
  }

  /** The text of an optional entry, empty where it is absent or null. */
  String text(Map<String, Entry> map, String name) throws RuleFault {
    var entry = map.get(name);
    return entry == null || isNull(entry.value()) ? "" : text(entry.value(), name).strip();
  }

  /** The texts of an optional entry that is a list or a single value. */
  List<String> texts(Map<String, Entry> map, String name) throws RuleFault {
    var entry = map.get(name);
    if (entry == null || isNull(entry.value())) {
      return List.of();
    }
    var texts = new ArrayList<String>();
    for (Node item : items(entry.value())) {
      texts.add(text(item, name).strip());
    }
    return texts;
  }

  /** The truth value of an optional entry. */
  boolean flag(Map<String, Entry> map, String name, boolean absent) throws RuleFault {
    var entry = map.get(name);
    return entry == null ? absent : flag(entry.value(), name);
  }

  /** A truth value. */
  static boolean flag(Node node, String what) throws RuleFault {
    Boolean value = (node instanceof ScalarNode s && s.getTag().equals(Tag.BOOL)) ? truth(s) : null;
    if (value == null) {
      throw RuleFault.at(node, what + " must be true or false");
    }
    return value;
  }

  private static @Nullable Boolean truth(ScalarNode scalar) {
    return switch (scalar.getValue().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      case String _ -> null;
    };
  }

  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private void visit(Node node) throws RuleFault {
    if (--left < 0) {
      throw RuleFault.at(node, "too large: more than " + VISITS + " values, aliases counted out");
    }
  }
}
