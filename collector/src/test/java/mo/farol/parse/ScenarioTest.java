package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {
  @ParameterizedTest
  @ValueSource(strings = {"night-upload", "ransomware", "ssh-bruteforce", "web-shell"})
  void every_line_of_a_labelled_day_is_an_event_with_a_dataset(String day) throws IOException {
    var folder = SharedData.find("scenarios/" + day);
    Assumptions.assumeTrue(folder.isPresent(), "shared/data/scenarios is absent: not tested");
    for (String file : new String[] {"events.syslog.gz", "events.ndjson.gz"}) {
      var batch = parse(folder.orElseThrow().resolve(file));
      var datasets = new TreeMap<String, Integer>();
      for (int i = 0; i < batch.count(); i++) {
        assertThat(batch.rejection(i)).as(Parsed.of(batch, i).json()).isNull();
        datasets.merge(Parsed.of(batch, i).get("event.dataset"), 1, Integer::sum);
        assertThat(batch.event(i).occurredAt().toString()).startsWith("2025-03-");
      }
      System.out.println(day + " " + file + " " + datasets);
      assertThat(datasets).doesNotContainKey("");
    }
  }

  private static EventBatch parse(Path file) throws IOException {
    var frames = new FrameBatch.Builder();
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      byte[] all = in.readAllBytes();
      for (int from = 0; from < all.length; ) {
        int end = Ascii.until(all, from, all.length, '\n');
        if (end > from) {
          frames.add(all, from, end, (byte) 0);
        }
        from = end + 1;
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    var batch = new EventBatch();
    var origin = new Origin("agency-a", "import", "", "1", false, "", 2025, "UTC");
    new Parser(ParseConfig.defaults())
        .parse(frames.build(origin, Micros.of(Parsed.RECEIVED)), 0, 0, batch);
    return batch;
  }
}
