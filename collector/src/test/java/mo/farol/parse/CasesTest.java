package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mo.farol.event.Severity;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Frames and what must come out, from the text files in {@code cases/}: {@code >} a frame as it
 * arrives ({@code >>} with backslash escapes), then {@code @ instant}, {@code ! severity}, {@code
 * field = value}, {@code - field} for one that must be absent, {@code rejected = reason}.
 */
class CasesTest {
  private static final String[] FILES = {
    "rfc5424",
    "rfc3164",
    "json",
    "linux",
    "firewall",
    "web",
    "vendor",
    "senders",
    "cef",
    "leef",
    "gelf",
    "weblogs",
    "names",
    "cisco",
    "appliances"
  };

  private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-fA-F]{4})|\\\\\\\\");

  /** One frame with the lines that say what it must give. */
  record Case(String frame, List<String> expectations) {}

  @TestFactory
  Stream<DynamicTest> a_frame_gives_what_its_case_says() {
    return Stream.of(FILES)
        .flatMap(
            file ->
                read(file).stream()
                    .map(one -> dynamicTest(file + ": " + one.frame(), () -> check(one))));
  }

  /** Every case of every file. */
  static List<Case> all() {
    return Stream.of(FILES).flatMap(file -> read(file).stream()).toList();
  }

  private static void check(Case one) {
    var parsed = Parsed.of(one.frame());
    for (String line : one.expectations()) {
      String text = line.substring(1).trim();
      switch (line.charAt(0)) {
        case '@' -> assertThat(parsed.at()).as(parsed.json()).hasToString(text);
        case '!' ->
            assertThat(Severity.ofCode(parsed.severity()).word()).as(parsed.json()).isEqualTo(text);
        case '-' -> assertThat(parsed.fields()).doesNotContainKey(text);
        default -> field(parsed, line);
      }
    }
  }

  private static void field(Parsed parsed, String line) {
    int equals = line.indexOf('=');
    String name = line.substring(0, equals).trim();
    String value = unescape(line.substring(equals + 1).trim());
    if (name.equals("rejected")) {
      assertThat(parsed.rejection()).isEqualTo(value);
    } else {
      assertThat(parsed.rejection()).isEmpty();
      assertThat(parsed.fields()).as(parsed.json()).containsEntry(name, value);
    }
  }

  private static List<Case> read(String file) {
    var cases = new ArrayList<Case>();
    for (String line : lines("cases/" + file + ".txt")) {
      if (line.startsWith(">>")) {
        cases.add(new Case(unescape(line.substring(2).trim()), new ArrayList<>()));
      } else if (line.startsWith(">")) {
        cases.add(new Case(line.substring(2), new ArrayList<>()));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        cases.getLast().expectations().add(line);
      }
    }
    return cases;
  }

  /** Java's escapes, those of Unicode included. */
  private static String unescape(String text) {
    return UNICODE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) == null
                        ? found.group()
                        : "" + (char) Integer.parseInt(found.group(1), 16)))
        .translateEscapes();
  }

  private static List<String> lines(String name) {
    try (var in = CasesTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no cases " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
