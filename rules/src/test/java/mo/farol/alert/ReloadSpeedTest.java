package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mo.farol.event.SharedData;
import mo.farol.match.MatchCounts;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.KnownFiles;
import mo.farol.sigma.Placeholders;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.RuleTexts;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tells how long thousands of rules take to be read, compiled and handed over. */
@Tag("slow")
class ReloadSpeedTest {
  private static final int RULES = 4_000;

  @Test
  void thousands_of_rules_are_handed_over_while_events_wait() throws IOException {
    var data = SharedData.find("sigma-rules");
    Assumptions.assumeTrue(data.isPresent(), "the shared data is not here");
    var folders =
        Stream.of("rules", "rules-emerging-threats", "rules-threat-hunting", "rules-compliance")
            .map(data.orElseThrow()::resolve)
            .toList();
    var texts = more(RuleBook.load(folders));
    var counts = new MatchCounts(new SimpleMeterRegistry());
    var lines = List.of(new Feed.Line("agency-a", "<13>1 2025-06-04T10:00:00Z h sshd - - - x"));
    var first = RuleBook.load(folders, Placeholders.NONE, texts);
    var feed = new Feed(first, lines, 1);
    try (var watch = feed.watch(new MemoryAlertBook(), LookBack.NONE)) {
      feed.run(watch, 1);
      var known = new KnownFiles();
      for (int run = 0; run < 8; run++) {
        texts = changed(texts, run);
        long files = known.read();
        long begun = System.nanoTime();
        long cpu = cpu();
        var book = RuleBook.load(folders, Placeholders.NONE, texts, known);
        long read = cpu();
        var set = RuleSet.compile(book, RuleSettings.standard(), counts);
        long compiled = cpu();
        long ready = System.nanoTime();
        var taken = watch.use(set);
        watch.pulse(false);
        System.out.printf(
            "%d rules, %d files read: %d ms until ready; CPU: read %d ms, compiled %d ms;"
                + " detection stood still for %.1f ms%n",
            book.rules().size(),
            known.read() - files,
            Duration.ofNanos(ready - begun).toMillis(),
            Duration.ofNanos(read - cpu).toMillis(),
            Duration.ofNanos(compiled - read).toMillis(),
            taken.join().toNanos() / 1e6);
        assertThat(watch.rules()).isSameAs(set);
        assertThat(run == 0 ? 1 : known.read() - files).isEqualTo(1);
      }
      assertThat(first.rules().size()).isEqualTo(RULES);
    }
  }

  /** Of this thread, in nanoseconds: other work on the machine is not in it. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** The same with another word in one file. */
  private static RuleTexts changed(RuleTexts texts, int run) {
    var all = new HashMap<>(texts.instead());
    var file = all.keySet().stream().sorted().findFirst().orElseThrow();
    all.compute(file, (_, text) -> text + "# run " + run + "\n");
    return texts.instead(all);
  }

  /** The collection has fewer: some of its rules stand there twice, under another id. */
  private static RuleTexts more(RuleBook book) throws IOException {
    var texts = new HashMap<Path, String>();
    for (var rule : book.rules().subList(0, RULES - book.rules().size())) {
      String id = rule.ref().id();
      texts.put(
          rule.path().resolveSibling("again-" + rule.path().getFileName()),
          Files.readString(rule.path()).replace(id, "again-" + id.substring(6)));
    }
    return new RuleTexts(texts, Map.of());
  }
}
