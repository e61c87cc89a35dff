package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher {@code farol}, with a Java that only tells how it was started. */
class LauncherTest {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("basedir", "."), "..", "farol").normalize();

  @TempDir Path folder;

  @BeforeEach
  void put() throws IOException {
    Files.copy(LAUNCHER, folder.resolve("farol"));
    var java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/usr/bin/env bash
        if [ "$1" = -version ]; then echo 'openjdk version "25.0.1"' >&2; exit 0; fi
        echo "charmap $(locale charmap)"
        echo "LC_ALL ${LC_ALL:-none}"
        echo "arguments $*"
        """);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void where_the_locale_is_not_utf_8_names_of_files_are_read_as_utf_8_all_the_same()
      throws Exception {
    for (var locale :
        List.of(
            Map.of("LC_ALL", "C"),
            Map.of("LANG", "POSIX"),
            Map.of("LANG", "pt_PT.ISO-8859-1"),
            Map.of("LC_ALL", "xx_NOT.THERE"),
            Map.<String, String>of())) {
      assertThat(told(locale)).as("%s", locale).contains("charmap UTF-8", "LC_ALL C.UTF-8");
    }
  }

  @Test
  void a_locale_of_utf_8_stays_as_it_is() throws Exception {
    assertThat(told(Map.of("LANG", "C.UTF-8"))).contains("charmap UTF-8", "LC_ALL none");
  }

  @Test
  void what_was_typed_arrives_word_by_word() throws Exception {
    assertThat(told(Map.of(), "search", "user.name: \"a b\"", ""))
        .contains("mo.farol.app.Main search user.name: \"a b\" ");
  }

  @Test
  void only_what_is_over_in_a_moment_is_compiled_quickly() throws Exception {
    String quickly = "-XX:TieredStopAtLevel=1";
    for (var words :
        List.of(
            List.<String>of(),
            List.of("help"),
            List.of("--help"),
            List.of("search", "a b"),
            List.of("sigma", "check", "rules"),
            List.of("user", "list"))) {
      assertThat(told(Map.of(), words.toArray(String[]::new))).as("%s", words).contains(quickly);
    }
    for (var words :
        List.of(
            List.of("run"),
            List.of("demo"),
            List.of("sigma", "match", "check"),
            List.of("verify", "search"),
            List.of("hunt", "help"))) {
      assertThat(told(Map.of(), words.toArray(String[]::new)))
          .as("%s", words)
          .doesNotContain(quickly);
    }
  }

  private String told(Map<String, String> variables, String... words) throws Exception {
    var builder = new ProcessBuilder("bash", folder.resolve("farol").toString());
    builder.command().addAll(List.of(words));
    var environment = builder.environment();
    String path = environment.get("PATH");
    environment.clear();
    environment.put("PATH", path == null ? "/usr/bin:/bin" : path);
    environment.put("FAROL_JAVA_HOME", folder.resolve("jdk").toString());
    environment.putAll(variables);
    var process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
