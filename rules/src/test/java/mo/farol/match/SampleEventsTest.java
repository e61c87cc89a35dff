package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.SigmaRule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public rules on recorded events of attacks. */
@Tag("rounds")
class SampleEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static RuleBook book;
  private static Matcher matcher;
  private static BruteMatcher brute;

  @BeforeAll
  static void read() {
    book = PublicRules.book();
    matcher = new Matcher(book, FieldMap.standard());
    brute = new BruteMatcher(book, FieldMap.standard());
  }

  @Test
  void the_events_that_come_with_a_rule_match_it_and_what_the_second_opinion_says_no_more()
      throws IOException {
    var known = rules(book);
    var wrong = new ArrayList<String>();
    int cases = 0;
    for (String line : PublicRules.lines("sigma-events/regression.jsonl")) {
      var each = JSON.readTree(line);
      String rule = each.get("rule_id").asText();
      if (known.containsKey(rule)) {
        cases++;
        wrong.addAll(wrong(each, known));
      }
    }
    assertThat(cases).isPositive();
    assertThat(wrong).isEmpty();
  }

  @Test
  void events_in_the_form_they_came_in_match_as_flat_ones_do() throws IOException {
    var wrong = new ArrayList<String>();
    int seen = 0;
    for (String line : PublicRules.lines("sigma-events/regression.jsonl")) {
      var each = JSON.readTree(line);
      for (int n = 0; n < each.path("sigmahq_json").size(); n++) {
        seen++;
        var flat = found(each.get("events").get(n));
        var nested = found(each.get("sigmahq_json").get(n));
        if (!nested.containsAll(flat)) { // one more where the two write a number differently
          wrong.add(each.get("rule_path") + ": flat " + flat + ", nested " + nested);
        }
      }
    }
    assertThat(seen).isPositive();
    assertThat(wrong).isEmpty();
  }

  private static List<String> found(JsonNode event) {
    return Rules.ids(matcher, Events.of(List.of(event.toString())), 0);
  }

  private static List<String> wrong(JsonNode each, Map<String, SigmaRule> known) {
    var wrong = new ArrayList<String>();
    String rule = each.get("rule_id").asText();
    var batch = Events.of(frames(each));
    int count = 0;
    for (int n = 0; n < batch.count(); n++) {
      int i = n;
      var ids = new HashSet<>(Rules.ids(matcher, batch, i));
      count += ids.contains(rule) ? 1 : 0;
      var theirs = new HashSet<String>();
      each.get("derived_rule_ids").path(i).forEach(id -> theirs.add(id.asText()));
      theirs.add(each.get("target_rule_hits").path(i).asBoolean(true) ? rule : "");
      theirs.remove("");
      ids.stream()
          .filter(id -> !theirs.contains(id))
          .filter(id -> !isReasoned(known.get(id), each.get("events").path(i)))
          .forEach(id -> wrong.add(rule + ": " + id + " fires as well on event " + i));
      theirs.stream()
          .filter(id -> !ids.contains(id))
          .forEach(id -> wrong.add(rule + ": " + id + " does not fire on event " + i));
    }
    if (count < each.get("expected_match_count").asInt()) {
      wrong.add(rule + " fires " + count + " times");
    }
    return wrong;
  }

  /**
   * Where the second opinion knows less than the specification: it takes Security 4688 for no
   * process creation, does not know the channel of DNS servers, and leaves spaces in field names.
   */
  private static boolean isReasoned(@Nullable SigmaRule rule, JsonNode event) {
    if (rule == null) {
      return false;
    }
    String channel = event.path("Channel").asText();
    return switch (rule.logSource().category() + rule.logSource().service()) {
      case "process_creation" ->
          channel.equalsIgnoreCase("Security") && event.path("EventID").asInt() == 4688;
      case "dns-server" -> channel.equals("DNS Server");
      case "windefend" -> event.has("Threat Name");
      case String _ -> false;
    };
  }

  private static Map<String, SigmaRule> rules(RuleBook book) {
    var rules = new HashMap<String, SigmaRule>();
    book.rules().forEach(rule -> rules.put(rule.ref().id(), rule));
    return rules;
  }

  private static List<String> frames(JsonNode regression) {
    var frames = new ArrayList<String>();
    regression.get("events").forEach(event -> frames.add(event.toString()));
    if (regression.hasNonNull("raw_line")) {
      frames.add(regression.get("raw_line").asText());
    }
    return frames;
  }

  @ParameterizedTest
  @ValueSource(strings = {"evtx-to-mitre", "security-datasets"})
  void the_second_opinion_differs_where_it_knows_less_and_nowhere_else(String name)
      throws IOException {
    var known = rules(book);
    var wrong = new ArrayList<String>();
    int agreed = 0;
    var lines = PublicRules.lines("sigma-events/" + name + ".jsonl.gz");
    for (int n = 0; n < lines.size(); n += Rounds.of(7, 1)) {
      String line = lines.get(n);
      var sample = JSON.readTree(line);
      var ids = Rules.ids(matcher, Events.of(List.of(sample.get("event").toString())), 0);
      Set<String> theirs = new HashSet<>();
      sample.get("derived_rule_ids").forEach(id -> theirs.add(id.asText()));
      for (String id : ids) {
        if (theirs.remove(id)) {
          agreed++;
        } else if (!isReasoned(known.get(id), sample.get("event"))) {
          wrong.add(id + " fires on " + line);
        }
      }
      theirs.forEach(id -> wrong.add(id + " does not fire on " + line));
    }
    assertThat(wrong).isEmpty();
    assertThat(agreed).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evtx-to-mitre", "security-datasets"})
  void the_index_finds_what_asking_every_rule_finds_in_every_fiftieth_event(String name)
      throws IOException {
    compare(name, 50);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"evtx-to-mitre", "security-datasets"})
  void the_index_finds_what_asking_every_rule_finds_in_every_event(String name) throws IOException {
    compare(name, 1);
  }

  private static void compare(String name, int every) throws IOException {
    var lines = PublicRules.lines("sigma-events/" + name + ".jsonl.gz");
    int matches = 0;
    for (int n = 0; n < lines.size(); n += every) {
      String line = lines.get(n);
      var sample = JSON.readTree(line);
      var batch = Events.of(List.of(sample.get("event").toString()));
      var ids = Rules.ids(matcher, batch, 0);
      assertThat(ids).as(line).isEqualTo(brute.ids(batch, 0));
      matches += ids.size();
    }
    assertThat(matches).isPositive();
  }
}
