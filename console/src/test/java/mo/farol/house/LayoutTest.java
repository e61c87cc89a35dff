package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * google-java-format settles layout. It runs here, in the tests' own Java 25, because Maven itself
 * may run on 17 and a formatter reads only the language of the Java it runs on. {@code
 * -Dformat=write} tidies instead of complaining.
 */
class LayoutTest {
  private static final List<String> MODULES = List.of("collector", "rules", "playbooks", "console");

  private final Formatter formatter =
      new Formatter(
          JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.GOOGLE).build());

  @Test
  void every_source_file_is_laid_out_as_google_java_format_does() throws Exception {
    var untidy = new ArrayList<Path>();
    int seen = 0;
    for (String module : MODULES) {
      for (Path file : sources(Path.of("..", module, "src"))) {
        seen++;
        if (!isTidy(file)) {
          untidy.add(file);
        }
      }
    }
    assertThat(seen).isGreaterThan(50);
    assertThat(untidy).as("run: mvn verify -Dformat=write").isEmpty();
  }

  private boolean isTidy(Path file) throws IOException, FormatterException {
    String text = Files.readString(file);
    String tidy =
        formatter.formatSource(
            ImportOrderer.reorderImports(
                RemoveUnusedImports.removeUnusedImports(text), JavaFormatterOptions.Style.GOOGLE));
    if (text.equals(tidy)) {
      return true;
    }
    if ("write".equals(System.getProperty("format"))) {
      Files.writeString(file, tidy);
      return true;
    }
    return false;
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".java")).toList();
    }
  }
}
