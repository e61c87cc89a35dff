package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mo.farol.event.EventBatch;
import mo.farol.event.Origin;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rules wait for fields that no source ever sent. */
class FieldsSeenTest {
  private static final LogSource PROCESS = new LogSource("windows", "process_creation", "");
  private static final String RULES =
      """
      title: Needs a command line
      id: needs
      logsource: {product: windows, category: process_creation}
      detection: {s: {CommandLine|contains: x, Image|endswith: y}, condition: s}
      ---
      title: May do without
      id: may
      logsource: {product: windows, category: process_creation}
      detection: {a: {OriginalFileName: x}, b: {Image|endswith: y}, condition: a or b}
      ---
      title: All there
      id: there
      logsource: {product: windows, category: process_creation}
      detection: {s: {Image|endswith: y}, condition: s}
      ---
      title: Another source
      id: dns
      logsource: {category: dns}
      detection: {s: {query: x}, condition: s}
      """;
  private static final String EVENT =
      "{\"Channel\":\"Security\",\"EventID\":4688,\"NewProcessName\":\"C:\\\\a.exe\"}";

  private static void play(Matcher matcher, String agency, String event) {
    EventBatch batch = Events.of(Origin.live(agency, "test", ""), 0, List.of(event));
    matcher.match(batch, 0, _ -> {});
  }

  private static List<String> report(RuleBook book, SeenFields seen, String agency) {
    return UnseenFields.of(book, RuleSettings.standard(), seen, agency::equals).stream()
        .map(
            each ->
                each.rule().ref().id()
                    + " "
                    + each.fields()
                    + (each.isSourceSeen() ? "" : " no event")
                    + (each.canFire() ? "" : " cannot fire"))
        .toList();
  }

  @Test
  void a_rule_waits_for_fields_that_none_of_its_sources_sent_to_this_agency() {
    var book = Rules.book(RULES);
    var matcher = new Matcher(book, FieldMap.standard());
    play(matcher, "finance", EVENT);
    assertThat(report(book, matcher.seen(), "finance"))
        .containsExactly(
            "needs [CommandLine] cannot fire",
            "may [OriginalFileName]",
            "dns [query] no event cannot fire");
    assertThat(report(book, matcher.seen(), "health")).hasSize(4);
    assertThat(matcher.seen().of(PROCESS, "finance"::equals)).contains("NewProcessName");
    assertThat(matcher.seen().of(PROCESS, "health"::equals)).isEmpty();
  }

  @Test
  void what_was_seen_once_stays_seen_over_a_restart(@TempDir Path folder) throws IOException {
    var book = Rules.book(RULES);
    var before = new Matcher(book, FieldMap.standard());
    play(before, "finance", EVENT.replace("}", ",\"CommandLine\":\"x\"}"));
    Path file = folder.resolve("seen.tsv");
    before.seen().save(file);
    var after = new Matcher(book, FieldMap.standard());
    after.seenBefore(SeenFields.load(file));
    play(after, "finance", EVENT);
    assertThat(after.seen()).isEqualTo(before.seen());
    assertThat(report(book, after.seen(), "finance"))
        .containsExactly("may [OriginalFileName]", "dns [query] no event cannot fire");
    assertThat(SeenFields.load(folder.resolve("none.tsv")).names()).isEmpty();
  }

  @Test
  void check_says_which_rules_wait(@TempDir Path folder) throws IOException {
    Path file = java.nio.file.Files.writeString(folder.resolve("r.yml"), RULES);
    var matcher = new Matcher(RuleBook.load(List.of(file)), FieldMap.standard());
    play(matcher, "finance", EVENT);
    var out = new StringBuilder();
    new SigmaCheck(RuleSettings.standard(), out).check(folder, Optional.of(matcher.seen()));
    assertThat(out.toString().lines())
        .contains(
            file + ": never sent by windows/process_creation/: CommandLine (cannot fire)",
            file + ": never sent by windows/process_creation/: OriginalFileName (can fire without)",
            file + ": no event of /dns/ came yet (cannot fire)");
  }
}
