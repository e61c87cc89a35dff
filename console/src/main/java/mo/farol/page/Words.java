package mo.farol.page;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** Every word of the console in one language. */
public final class Words {
  /** Language tags offered, the first where a browser asks for none of them. */
  public static final List<String> LANGUAGES = List.of("en", "pt", "zh-Hant");

  private static final Map<String, Words> ALL = new LinkedHashMap<>();

  static {
    LANGUAGES.forEach(tag -> ALL.put(tag, new Words(tag)));
  }

  private static final Words DEFAULT =
      java.util.Objects.requireNonNull(ALL.get(LANGUAGES.getFirst()));

  private final String tag;
  private final Properties words = new Properties();

  private Words(String tag) {
    this.tag = tag;
    try (var in = Words.class.getResourceAsStream("/words/" + tag + ".properties")) {
      if (in == null) {
        throw new IllegalStateException("no words for " + tag);
      }
      words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("the words for " + tag + " can't be read", e);
    }
  }

  /** The words of a language; the first one's for a tag that is not offered. */
  public static Words of(String tag) {
    return ALL.getOrDefault(tag, DEFAULT);
  }

  /**
   * The first offered language of an Accept-Language header, RFC 9110 section 12.5.4, read in its
   * order.
   */
  static Words accepted(String header) {
    for (String part : header.split(",", -1)) {
      String asked = part.strip().toLowerCase(Locale.ROOT);
      for (String offered : LANGUAGES) {
        if (asked.startsWith(offered.substring(0, 2))) {
          return of(offered);
        }
      }
    }
    return of(LANGUAGES.getFirst());
  }

  /** BCP 47 tag. */
  public String tag() {
    return tag;
  }

  /** A word or sentence; its key where it is missing, which a test forbids. */
  public String get(String key) {
    return words.getProperty(key, key);
  }

  /** A sentence with values put in. */
  public String get(String key, Object... values) {
    return new MessageFormat(get(key).replace("'", "''"), Locale.forLanguageTag(tag))
        .format(values);
  }

  /** Every key there is. */
  java.util.Set<String> keys() {
    return words.stringPropertyNames();
  }
}
