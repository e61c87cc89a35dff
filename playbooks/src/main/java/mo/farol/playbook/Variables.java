package mo.farol.playbook;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of a run's variables, CACAO section 10.18. Values may come from logs, and people
 * paste what they read into shells: a value with anything else than plain words in it is not filled
 * in, its variable keeps its name.
 */
record Variables(Map<String, String> values) {
  private static final Pattern USE =
      Pattern.compile("(__[a-zA-Z][a-zA-Z0-9_-]{0,244}?__)(:value)?");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_/][A-Za-z0-9._:@/-]{0,252}");
  private static final Pattern READABLE = Pattern.compile("[\\p{L}\\p{N} ._:@/,+=()\\\\-]{1,253}");
  private static final Pattern COMMAND = Pattern.compile("[a-z0-9-]+: ");
  private static final String MANUAL = "manual";

  Variables {
    values = Map.copyOf(values);
  }

  /** A command as a line for people: of a manual one just its text, else its type before it. */
  static String line(String type, String text) {
    return type.equals(MANUAL) ? text : type + ": " + text;
  }

  /** The text with values in place of variables; unknown ones keep their name. */
  String fill(String text) {
    boolean plainOnly = COMMAND.matcher(text).lookingAt();
    return USE.matcher(text).replaceAll(use -> Matcher.quoteReplacement(value(use, plainOnly)));
  }

  private String value(java.util.regex.MatchResult use, boolean plainOnly) {
    String value = values.getOrDefault(use.group(1), "");
    boolean fits = (plainOnly ? PLAIN : READABLE).matcher(value).matches();
    return fits ? value : use.group(1);
  }
}
