package mo.farol.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mo.farol.match.PublicRules;
import mo.farol.match.Rounds;
import mo.farol.match.RuleSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public rules, live and in hunts, on recorded events and on the days of the scenarios. */
@Tag("rounds")
class PublicRulesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void what_a_rule_matches_live_it_finds_in_a_hunt_on_thousands_of_events() throws IOException {
    compare(50, 50, Rounds.of(5, 1), Rounds.of(600, 150));
  }

  @Tag("slow")
  @Test
  void what_a_rule_matches_live_it_finds_in_a_hunt_on_a_hundred_thousand_events()
      throws IOException {
    assertThat(compare(1, 1, 1, 1)).isGreaterThan(100_000);
  }

  /**
   * @param recorded every so many-th recorded event is taken
   * @param lines every so many-th line of the scenarios
   * @param matching every so many-th of the rules that match something
   * @param others every so many-th of those that match nothing
   */
  private long compare(int recorded, int lines, int matching, int others) throws IOException {
    var book = PublicRules.book();
    try (var ground = new Ground(folder)) {
      ground.add("agency-a", recorded(recorded));
      ground.add("agency-b", scenarios(lines));
      var live = ground.brute(book, RuleSettings.standard());
      var wrong = new ArrayList<String>();
      long events = 0;
      long read = 0;
      int hunts = 0;
      for (int i = 0; i < book.rules().size(); i++) {
        String id = book.rules().get(i).ref().id();
        if (i % (live.containsKey(id) ? matching : others) != 0) {
          continue;
        }
        var result = ground.hunt(Ground.only(book, id));
        events = result.events();
        read += result.read();
        hunts++;
        long count = live.getOrDefault(id, Set.of()).size();
        if (result.matched() != count || !result.isWhole()) {
          wrong.add(id + ": " + count + " live, " + result.matched() + " hunted");
        } else if (count <= Hunter.MOST_HITS && count > 0) {
          assertThat(Ground.found(result).get(id)).as(id).isEqualTo(live.get(id));
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(live).hasSizeGreaterThan(50);
      assertThat((double) read / hunts / events)
          .as("of the events, read by a hunt")
          .isLessThan(0.1);
      return events;
    }
  }

  private static List<String> recorded(int every) throws IOException {
    var frames = new ArrayList<String>();
    for (String name : List.of("evtx-to-mitre", "security-datasets")) {
      var all = PublicRules.lines("sigma-events/" + name + ".jsonl.gz");
      for (int i = 0; i < all.size(); i += every) {
        frames.add(JSON.readTree(all.get(i)).get("event").toString());
      }
    }
    for (String line : PublicRules.lines("sigma-events/regression.jsonl")) {
      JSON.readTree(line).get("events").forEach(event -> frames.add(event.toString()));
    }
    return frames;
  }

  private static List<String> scenarios(int every) throws IOException {
    var frames = new ArrayList<String>();
    for (String day : List.of("ssh-bruteforce", "web-shell", "ransomware", "night-upload")) {
      for (String form : List.of("syslog", "ndjson")) {
        var all = PublicRules.lines("scenarios/" + day + "/events." + form + ".gz");
        for (int i = 0; i < all.size(); i += every) {
          frames.add(all.get(i));
        }
      }
    }
    return frames;
  }
}
