package mo.farol.sigma;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values for {@code %name%}: Sigma specification 2.1.0, "Placeholders". A site writes them into a
 * YAML file, {@code name: value} or {@code name: [value, value]}; a value may hold wildcards.
 */
public final class Placeholders {
  /** No value for any name. */
  public static final Placeholders NONE = new Placeholders(Map.of());

  private static final Pattern NAME = Pattern.compile("(?<!\\\\)%([^%\\\\]+)%");
  private static final int LIMIT = 10_000;

  private final Map<String, List<String>> values;

  private Placeholders(Map<String, List<String>> values) {
    this.values = Map.copyOf(values);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Placeholders that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Values by name without percent signs. */
  public static Placeholders of(Map<String, List<String>> values) {
    return new Placeholders(values);
  }

  /**
   * Reads a file of values.
   *
   * @throws RuleFileFault where it can't be read or is none, with its line
   */
  public static Placeholders read(Path file) {
    try {
      var yaml = new YamlNodes();
      var values = new LinkedHashMap<String, List<String>>();
      for (var document : YamlNodes.documents(Files.readString(file))) {
        var map = yaml.map(document, "the file of placeholders");
        for (String name : map.keySet()) {
          values.put(name.replace("%", ""), yaml.texts(map, name));
        }
      }
      return new Placeholders(values);
    } catch (RuleFault e) {
      throw new RuleFileFault(new Refusal(file, e.line(), e.column(), e.reason()));
    } catch (IOException e) {
      throw new RuleFileFault(new Refusal(file, 1, 1, "can't be read: " + e.getMessage()));
    }
  }

  /** Thrown where a placeholder has no values. */
  static final class NoValue extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    NoValue(String name) {
      super(
          "no value is given for the placeholder "
              + name
              + "; write its values into placeholders.yml");
    }
  }

  /** Every combination of the placeholders' values, as text still to be read for wildcards. */
  List<String> expand(String text) {
    var name = NAME.matcher(text);
    if (!name.find()) {
      return List.of(text.replace("\\%", "%"));
    }
    var known = values.get(name.group(1));
    if (known == null || known.isEmpty()) {
      throw new NoValue(name.group());
    }
    String before = text.substring(0, name.start()).replace("\\%", "%");
    var rest = expand(text.substring(name.end()));
    if ((long) known.size() * rest.size() > LIMIT) {
      throw new IllegalArgumentException("the placeholders have more than " + LIMIT + " values");
    }
    var all = new ArrayList<String>();
    for (String value : known) {
      for (String tail : rest) {
        all.add(before + value + tail);
      }
    }
    return all;
  }
}
