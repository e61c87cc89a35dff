package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {
  static Stream<String> days() throws IOException {
    return SharedData.folders("scenarios").stream();
  }

  @ParameterizedTest
  @MethodSource("days")
  void every_line_of_a_labelled_day_is_an_event_with_a_dataset(String day) throws IOException {
    var folder = SharedData.find("scenarios/" + day);
    Assumptions.assumeTrue(folder.isPresent(), "shared/data/scenarios is absent: not tested");
    for (String file : new String[] {"events.syslog.gz", "events.ndjson.gz"}) {
      var batch = parse(folder.orElseThrow().resolve(file));
      var datasets = new TreeMap<String, Integer>();
      for (int i = 0; i < batch.count(); i++) {
        assertThat(batch.rejection(i)).as(Parsed.of(batch, i).json()).isNull();
        datasets.merge(Parsed.of(batch, i).get("event.dataset"), 1, Integer::sum);
        assertThat(batch.event(i).occurredAt().toString()).startsWith("2025-");
      }
      assertThat(datasets).doesNotContainKey("");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sigma-events/evtx-to-mitre.jsonl.gz",
        "sigma-events/security-datasets.jsonl.gz",
        "logs/cloud/aws-cloudtrail.jsonl",
        "logs/suricata/eve.jsonl",
        "logs/appliances/bro-json.log",
        "logs/appliances/cisco-asa.log",
        "logs/appliances/cisco-ise.log",
        "logs/appliances/fireeye.log",
        "logs/appliances/paloalto.log",
        "logs/zeek/conn.0.log",
        "logs/zeek/dns.0.log",
        "logs/zeek/http.0.log",
        "logs/zeek/ssl.0.log",
        "logs/zeek/kerberos.0.log",
        "logs/zeek/x509.0.log"
      })
  void every_line_of_real_logs_in_a_format_we_know_is_an_event(String name) throws IOException {
    var file = SharedData.find(name);
    Assumptions.assumeTrue(file.isPresent(), "shared/data/" + name + " is absent: not tested");
    var batch = parse(file.orElseThrow());
    for (int i = 0; i < batch.count(); i++) {
      assertThat(batch.rejection(i)).as(Parsed.of(batch, i).json()).isNull();
    }
  }

  private static EventBatch parse(Path file) throws IOException {
    var frames = new FrameBatch.Builder();
    boolean zipped = file.toString().endsWith(".gz");
    try (var raw = Files.newInputStream(file);
        var in = zipped ? new GZIPInputStream(raw) : raw) {
      byte[] all = in.readAllBytes();
      for (int from = 0; from < all.length; ) {
        int end = Ascii.until(all, from, all.length, '\n');
        if (end > from) {
          frames.add(all, from, end, (byte) 0);
        }
        from = end + 1;
      }
    }
    var batch = new EventBatch();
    var origin = new Origin("agency-a", "import", "", "1", false, "", 2025, "UTC");
    new Parser(ParseConfig.defaults())
        .parse(frames.build(origin, Micros.of(Parsed.RECEIVED)), 0, 0, batch);
    return batch;
  }
}
