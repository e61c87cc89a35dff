package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import mo.farol.event.SharedData;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public rules on recorded events of attacks. */
class SampleEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static RuleBook book() {
    var data = SharedData.find("sigma-rules");
    Assumptions.assumeTrue(data.isPresent(), "the shared data is not here");
    return RuleBook.load(
        Stream.of("rules", "rules-emerging-threats", "rules-threat-hunting")
            .map(data.orElseThrow()::resolve)
            .toList());
  }

  @Test
  void the_events_that_come_with_a_rule_match_it() throws IOException {
    var book = book();
    var known = new HashSet<String>();
    book.rules().forEach(rule -> known.add(rule.ref().id()));
    var matcher = new Matcher(book, FieldMap.standard());
    var misses = new ArrayList<String>();
    int cases = 0;
    for (String line : lines("sigma-events/regression.jsonl")) {
      var each = JSON.readTree(line);
      String rule = each.get("rule_id").asText();
      if (known.contains(rule)) {
        cases++;
        var frames = frames(each);
        if (count(matcher, frames, rule) < each.get("expected_match_count").asInt()) {
          misses.add(rule + " " + each.get("title").asText());
        }
      }
    }
    assertThat(cases).isGreaterThan(100);
    assertThat(misses).isEmpty();
  }

  private static List<String> frames(JsonNode regression) {
    var frames = new ArrayList<String>();
    regression.get("events").forEach(event -> frames.add(event.toString()));
    if (regression.hasNonNull("raw_line")) {
      frames.add(regression.get("raw_line").asText());
    }
    return frames;
  }

  private static long count(Matcher matcher, List<String> frames, String rule) {
    var batch = Events.of(frames);
    long count = 0;
    for (int i = 0; i < batch.count(); i++) {
      count += Rules.ids(matcher, batch, i).contains(rule) ? 1 : 0;
    }
    return count;
  }

  @ParameterizedTest
  @ValueSource(strings = {"evtx-to-mitre", "security-datasets"})
  void the_index_finds_what_asking_every_rule_finds_in_every_tenth_event(String name)
      throws IOException {
    compare(name, 10);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"evtx-to-mitre", "security-datasets"})
  void the_index_finds_what_asking_every_rule_finds_in_every_event(String name) throws IOException {
    compare(name, 1);
  }

  private static void compare(String name, int every) throws IOException {
    var book = book();
    var matcher = new Matcher(book, FieldMap.standard());
    var brute = new BruteMatcher(book, FieldMap.standard());
    var lines = lines("sigma-events/" + name + ".jsonl.gz");
    int matches = 0;
    int second = 0; // where the independent evaluator of the data differs
    for (int n = 0; n < lines.size(); n += every) {
      String line = lines.get(n);
      var sample = JSON.readTree(line);
      var batch = Events.of(List.of(sample.get("event").toString()));
      var ids = Rules.ids(matcher, batch, 0);
      assertThat(ids).as(line).isEqualTo(brute.ids(batch, 0));
      matches += ids.size();
      Set<String> theirs = new HashSet<>();
      sample.get("derived_rule_ids").forEach(id -> theirs.add(id.asText()));
      if (!theirs.equals(new HashSet<>(ids))) {
        second++;
        if (Boolean.getBoolean("farol.differences")) {
          System.out.println("DIFF ours=" + ids + " theirs=" + theirs + " " + line);
        }
      }
    }
    System.out.printf(
        "%s: %d events, %d matches, %d differ from the second opinion%n",
        name, lines.size(), matches, second);
    assertThat(matches).isPositive();
  }

  private static List<String> lines(String name) throws IOException {
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
