package mo.farol.match;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import mo.farol.event.SharedData;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Assumptions;

/** The public rules and recorded events beside the project; a test without them is skipped. */
public final class PublicRules {
  private PublicRules() {}

  /** The rules that watch live events; not those of compliance. */
  public static RuleBook book() {
    var data = SharedData.find("sigma-rules");
    Assumptions.assumeTrue(data.isPresent(), "the shared data is not here");
    return RuleBook.load(
        Stream.of("rules", "rules-emerging-threats", "rules-threat-hunting")
            .map(data.orElseThrow()::resolve)
            .toList());
  }

  /** Lines of a file of the data, packed or not. */
  public static List<String> lines(String name) throws IOException {
    Path file = SharedData.find(name).orElseThrow();
    if (!name.endsWith(".gz")) {
      return Files.readAllLines(file);
    }
    try (var in = new GZIPInputStream(Files.newInputStream(file));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
