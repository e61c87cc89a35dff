package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
  private static final Pattern ASKED = Pattern.compile("get\\(\"([a-z][a-z.]*[a-z])\"\\)");
  private static final Pattern PLACE = Pattern.compile("\\{\\d+}");

  @ParameterizedTest
  @ValueSource(strings = {"pt", "zh-Hant"})
  void every_language_has_the_same_keys_with_the_same_places_for_values(String tag) {
    assertThat(Words.of(tag).keys()).isEqualTo(Words.of("en").keys());
    for (String key : Words.of("en").keys()) {
      assertThat(places(Words.of(tag).get(key))).as(key).isEqualTo(places(Words.of("en").get(key)));
      assertThat(Words.of(tag).get(key)).as(key).isNotBlank();
    }
  }

  @Test
  void every_word_a_screen_asks_for_is_there() throws IOException {
    Set<String> asked = new TreeSet<>();
    try (var files = Files.walk(Path.of("src/main/jte"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        ASKED.matcher(Files.readString(file)).results().forEach(m -> asked.add(m.group(1)));
      }
    }
    assertThat(asked).hasSizeGreaterThan(50);
    assertThat(Words.of("en").keys()).containsAll(asked);
  }

  @Test
  void a_browser_gets_the_first_language_it_asks_for_that_there_is() {
    assertThat(Words.accepted("fr-FR,pt-PT;q=0.8,en;q=0.5").tag()).isEqualTo("pt");
    assertThat(Words.accepted("zh-MO").tag()).isEqualTo("zh-Hant");
    assertThat(Words.accepted("").tag()).isEqualTo("en");
  }

  private static Set<String> places(String sentence) {
    var places = new TreeSet<String>();
    PLACE.matcher(sentence).results().forEach(m -> places.add(m.group()));
    return places;
  }
}
