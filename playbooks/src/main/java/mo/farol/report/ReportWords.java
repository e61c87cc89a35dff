package mo.farol.report;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import mo.farol.incident.Conflict;

/** The words of our own in a report, in one language. What was observed stays as it was written. */
final class ReportWords {
  /** Language tags offered. */
  static final List<String> LANGUAGES = List.of("en", "pt", "zh-Hant");

  private static final Map<String, ReportWords> ALL =
      LANGUAGES.stream().collect(Collectors.toMap(Function.identity(), ReportWords::new));

  private final String tag;
  private final Properties words = new Properties();

  private ReportWords(String tag) {
    this.tag = tag;
    try (var in = ReportWords.class.getResourceAsStream("words/" + tag + ".properties")) {
      if (in == null) {
        throw new IllegalStateException("no words for " + tag);
      }
      words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("the words for " + tag + " can't be read", e);
    }
  }

  /**
   * The words of a language.
   *
   * @throws Conflict where it is not offered
   */
  static ReportWords of(String tag) {
    var found = ALL.get(tag);
    if (found == null) {
      throw new Conflict("a report is written in one of " + String.join(", ", LANGUAGES));
    }
    return found;
  }

  /** BCP 47 tag. */
  String tag() {
    return tag;
  }

  /** A word or sentence with values put in; its key where it is missing, which a test forbids. */
  String get(String key, Object... values) {
    String pattern = words.getProperty(key, key).replace("'", "''");
    return new MessageFormat(pattern, Locale.forLanguageTag(tag)).format(values);
  }

  /** Every key there is. */
  Set<String> keys() {
    return words.stringPropertyNames();
  }
}
