package mo.farol.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Puts values in the place of {@code %name%}: Sigma specification 2.1.0, "Placeholders". */
final class Placeholders {
  private static final Pattern NAME = Pattern.compile("(?<!\\\\)%([^%\\\\]+)%");
  private static final int LIMIT = 10_000;

  private Placeholders() {}

  /** Every combination of the placeholders' values, as text still to be read for wildcards. */
  static List<String> expand(String text, Map<String, List<String>> values) {
    var name = NAME.matcher(text);
    if (!name.find()) {
      return List.of(text.replace("\\%", "%"));
    }
    var known = values.get(name.group(1));
    if (known == null || known.isEmpty()) {
      throw new IllegalArgumentException("no value is given for the placeholder " + name.group());
    }
    String before = text.substring(0, name.start()).replace("\\%", "%");
    var rest = expand(text.substring(name.end()), values);
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
