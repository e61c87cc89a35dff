package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import mo.farol.event.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A centre's own indicators. */
class WatchlistTest {
  @TempDir Path home;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private Path folder() {
    return home.resolve("rules/indicators");
  }

  private Watchlist watchlist() {
    return new Watchlist(folder(), home.resolve("keys"), Seen.CLOCK, meters);
  }

  private static NewSource source(String name, Set<String> agencies, Tlp tlp) {
    return new NewSource(name, Optional.empty(), tlp, 80, Optional.of(30), agencies, "ana");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static IndicatorReader reader(String agency) {
    return new IndicatorReader(Scope.of(agency), false, false);
  }

  private static final IndicatorReader ANALYST = new IndicatorReader(Scope.national(), true, true);

  @Test
  void sources_are_added_matched_and_removed() {
    var acts = new ArrayList<String>();
    try (var list = watchlist()) {
      list.recordIn((by, what, on, detail) -> acts.add(by + " " + what + " " + on + " " + detail));
      list.look();
      var report = list.add(source("own", Set.of(), Tlp.GREEN), bytes("evil.test\n10.0.0.1\n"));
      assertThat(report.liveCount()).isEqualTo(1);
      assertThat(report.mutedCount()).isEqualTo(1);
      var hits = new ArrayList<IndicatorHit>();
      var event = Seen.event("a", Seen.NOW, List.of(Map.entry("url.domain", "www.evil.test")));
      list.matcher().match(event, 0, hits::add);
      assertThat(hits).hasSize(1);
      assertThat(hits.getFirst().indicator().confidence()).isEqualTo(80);
      assertThat(hits.getFirst().indicator().tlp()).isEqualTo(Tlp.GREEN);
      assertThat(hits.getFirst().indicator().validUntil()).isPresent();
      assertThat(meters.get("farol_indicator_values").tag("kind", "domain").gauge().value())
          .isEqualTo(1);
      assertThatThrownBy(() -> list.add(source("own", Set.of(), Tlp.GREEN), bytes("x.test\n")))
          .hasMessageContaining("choose another name");
      assertThatThrownBy(() -> list.add(source("none", Set.of(), Tlp.GREEN), bytes("nothing\n")))
          .hasMessage(
              "no indicator can be read from it, as list (1: neither address, domain, URL, digest,"
                  + " mail address nor CVE number)");
      list.remove("own", "ana");
      assertThat(list.current().size()).isZero();
      assertThat(list.report().remarks()).isEmpty();
    }
    assertThat(acts)
        .containsExactly("ana indicators.added own 1 live", "ana indicators.removed own ");
  }

  @Test
  void a_file_that_no_list_names_is_not_read_and_what_people_wrote_stays() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("stray.txt"), "stray.test\n");
    try (var list = watchlist()) {
      list.look();
      assertThat(list.current().size()).isZero();
      assertThat(list.report().remarks())
          .containsExactly("stray.txt: no source of sources.yml names it");
      Files.writeString(
          folder().resolve("sources.yml"),
          "sources:\n  - {file: stray.txt, format: list, agencies: [health]}\n");
      list.look();
      assertThat(list.current().size()).isEqualTo(1);
      assertThatThrownBy(() -> list.remove("stray.txt", "ana"))
          .hasMessageContaining("remove it there");

      Files.delete(folder().resolve("sources.yml"));
      list.look();
      assertThat(list.report().fault().orElseThrow()).startsWith("sources.yml is gone");
      assertThat(list.current().told(Kind.DOMAIN, "stray.test").getFirst().agencies())
          .isEqualTo(Set.of("health"));
      assertThat(meters.get("farol_indicator_refresh_faults_total").counter().count()).isEqualTo(1);
    }
    try (var after = watchlist()) {
      after.look();
      assertThat(after.current().size()).isZero();
    }
  }

  @Test
  void the_first_set_is_waited_for_and_novelties_are_told() throws IOException {
    new SourceShelf(folder(), Seen.CLOCK)
        .add(source("own", Set.of("health"), Tlp.GREEN), bytes("evil.test\n"));
    var told = new ArrayList<Novelties.Novelty>();
    try (var list = watchlist()) {
      list.tell(told::addAll);
      list.start();
      var hits = new ArrayList<IndicatorHit>();
      var event = Seen.event("health", Seen.NOW, List.of(Map.entry("url.domain", "evil.test")));
      list.matcher().match(event, 0, hits::add);
      assertThat(hits).hasSize(1);
      list.look();
      assertThat(told)
          .extracting(n -> n.indicator().value() + " " + n.agencies())
          .containsExactly("evil.test [health]");
    }
  }

  @Test
  void what_was_told_is_not_new_once_a_broken_list_or_a_lost_file_is_mended() throws IOException {
    Files.createDirectories(folder());
    var sources = folder().resolve("sources.yml");
    var named = "sources:\n  - {file: a.txt, format: list}\n  - {file: b.txt, format: list}\n";
    Files.writeString(sources, named);
    Files.writeString(folder().resolve("a.txt"), "evil.test\n");
    Files.writeString(folder().resolve("b.txt"), "more.test\n");
    assertThat(toldAfterStart()).containsExactlyInAnyOrder("evil.test", "more.test");

    Files.writeString(sources, "sources: broken");
    assertThat(toldAfterStart()).isEmpty();
    Files.delete(folder().resolve("b.txt"));
    Files.writeString(sources, named);
    assertThat(toldAfterStart()).isEmpty();
    Files.writeString(folder().resolve("b.txt"), "more.test\nthird.test\n");
    assertThat(toldAfterStart()).containsExactly("third.test");
  }

  private List<String> toldAfterStart() {
    var told = new ArrayList<String>();
    try (var list = watchlist()) {
      list.tell(some -> some.forEach(n -> told.add(n.indicator().value())));
      list.look();
    }
    return told;
  }

  @Test
  void where_memory_runs_out_the_report_says_so_and_the_next_look_goes_on() {
    new SourceShelf(folder(), Seen.CLOCK)
        .add(source("own", Set.of(), Tlp.GREEN), bytes("evil.test\n"));
    var full = new AtomicBoolean();
    InstantSource clock =
        () -> {
          if (full.get()) {
            throw new OutOfMemoryError("heap");
          }
          return Seen.NOW;
        };
    try (var list = new Watchlist(folder(), home.resolve("keys"), clock, meters)) {
      full.set(true);
      assertThat(list.lookAnyway()).isPositive();
      assertThat(list.report().fault().orElseThrow()).contains("OutOfMemoryError", "heap");
      assertThat(list.report().isWhole()).isFalse();
      assertThat(meters.get("farol_indicator_refresh_faults_total").counter().count()).isEqualTo(1);
      full.set(false);
      assertThat(list.lookAnyway()).isPositive();
      assertThat(list.report().fault()).isEmpty();
      assertThat(list.current().size()).isEqualTo(1);
    }
  }

  @Test
  void labels_decide_who_is_told_of_a_source() {
    try (var list = watchlist()) {
      list.add(source("open", Set.of(), Tlp.GREEN), bytes("a.test\n"));
      list.add(source("centre", Set.of(), Tlp.AMBER_STRICT), bytes("b.test\n"));
      list.add(source("health", Set.of("health"), Tlp.RED), bytes("c.test\n"));
      list.add(source("hot", Set.of(), Tlp.RED), bytes("d.test\n"));
      assertThat(names(list, ANALYST)).containsExactly("open", "centre", "health", "hot");
      assertThat(names(list, new IndicatorReader(Scope.national(), true, false)))
          .containsExactly("open", "centre");
      assertThat(names(list, reader("health"))).containsExactly("open", "health");
      assertThat(names(list, reader("water"))).containsExactly("open");
    }
  }

  @Test
  void no_name_can_switch_the_others_off() throws IOException {
    for (String name : List.of("x\u007f", "x\u0085", "x\ufffe", "x\u202e", "\ud83d", "a/b", " ")) {
      assertThatThrownBy(() -> source(name, Set.of(), Tlp.GREEN))
          .as("name of %s", (int) name.charAt(name.length() - 1))
          .isInstanceOf(IndicatorFault.class);
    }
    assertThatThrownBy(() -> source("a", Set.of("x\u0007"), Tlp.GREEN))
        .isInstanceOf(IndicatorFault.class);
    String name = "lista n\u00e3o \u71c8\u5854 \ud83d\ude00 \"'{#";
    new SourceShelf(folder(), Seen.CLOCK)
        .add(source(name, Set.of(), Tlp.GREEN), bytes("evil.test\n"));
    assertThat(Files.readAllBytes(folder().resolve("added.yml"))).doesNotContain((byte) 0xc3);
    try (var list = watchlist()) {
      list.look();
      assertThat(list.report().fault()).isEmpty();
      assertThat(names(list, ANALYST)).containsExactly(name);
    }
  }

  @Test
  void a_source_too_many_changes_nothing() throws IOException {
    Files.createDirectories(folder());
    var text = new StringBuilder("sources:\n");
    for (int i = 0; i < 1_000; i++) {
      text.append("  - {name: s").append(i).append(", file: own.txt, format: list}\n");
    }
    Files.writeString(folder().resolve("own.txt"), "own.test\n");
    Files.writeString(folder().resolve("sources.yml"), text);
    var shelf = new SourceShelf(folder(), Seen.CLOCK);
    assertThatThrownBy(() -> shelf.add(source("more", Set.of(), Tlp.GREEN), bytes("evil.test\n")))
        .hasMessageContaining("more than 1000 sources");
    try (var files = Files.list(folder())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("sources.yml", "own.txt", ".lock");
    }
    assertThat(shelf.sources()).hasSize(1_000);
  }

  private static NewSource owned(String name, String agency) {
    return new NewSource(
        name,
        Optional.empty(),
        Tlp.RED,
        80,
        Optional.empty(),
        Set.of(agency),
        "wong",
        Optional.of(agency));
  }

  @Test
  void the_lists_of_one_agency_have_bounds_and_come_after_those_for_all() {
    try (var list = watchlist()) {
      var many = new StringBuilder();
      for (int i = 0; i <= 50_000; i++) {
        many.append('h').append(i).append(".evil.test\n");
      }
      assertThatThrownBy(() -> list.add(owned("many", "water"), bytes(many.toString())))
          .hasMessageContaining("at most 50000 values");
      byte[] large = new byte[(32 << 20) + 1];
      assertThatThrownBy(() -> list.add(owned("large", "water"), large))
          .hasMessageContaining("larger than 33554432 bytes");
      list.add(owned("w0", "water"), bytes("a.test\n"));
      list.add(source("all", Set.of(), Tlp.GREEN), bytes(many.toString()));
      assertThat(names(list, ANALYST)).containsExactly("w0", "all");
      assertThat(list.report().sources().getFirst().source().owner()).contains("water");
    }
    var shelf = new SourceShelf(folder(), Seen.CLOCK);
    for (int i = 1; i < 20; i++) {
      shelf.add(owned("w" + i, "water"), bytes("a.test\n"));
    }
    assertThatThrownBy(() -> shelf.add(owned("w20", "water"), bytes("a.test\n")))
        .hasMessageContaining("at most 20 lists");
    shelf.add(owned("h", "health"), bytes("a.test\n"));
    shelf.add(source("c", Set.of("water"), Tlp.GREEN), bytes("a.test\n"));
    assertThat(shelf.names()).hasSize(23);
  }

  @Test
  void a_hit_is_known_to_whom_its_label_or_a_list_of_their_own_tells() {
    try (var list = watchlist()) {
      list.add(source("hot", Set.of(), Tlp.RED), bytes("hot.test\nboth.test\n"));
      list.add(owned("own", "water"), bytes("own.test\nboth.test\n"));
      for (String name : List.of("hot.test", "own.test", "both.test")) {
        var event = Seen.event("water", Seen.NOW, List.of(Map.entry("url.domain", name)));
        list.matcher().match(event, 0, hit -> list.sighted(hit, "ws-1", false));
      }
      assertThat(values(list, ANALYST))
          .containsExactlyInAnyOrder("hot.test", "own.test", "both.test");
      assertThat(values(list, reader("water"))).containsExactly("own.test");
      assertThat(values(list, reader("health"))).isEmpty();
    }
  }

  private static List<String> values(Watchlist list, IndicatorReader reader) {
    return list.hits(0, reader).stream().map(HitLog.Row::value).toList();
  }

  private static List<String> names(Watchlist list, IndicatorReader reader) {
    return list.standing(reader).stream().map(s -> s.report().source().name()).toList();
  }

  @Test
  void hits_are_counted_by_value_and_machine_and_outlive_a_restart() {
    try (var list = watchlist()) {
      list.add(source("own", Set.of(), Tlp.GREEN), bytes("evil.test\n"));
      var event = Seen.event("a", Seen.NOW, List.of(Map.entry("url.domain", "evil.test")));
      list.matcher().match(event, 0, hit -> list.sighted(hit, "ws-1", false));
      list.matcher().match(event, 0, hit -> list.sighted(hit, "ws-1", false));
      list.hits().save(8);
    }
    try (var list = watchlist()) {
      list.look();
      var event = Seen.event("a", Seen.NOW, List.of(Map.entry("url.domain", "evil.test")));
      list.matcher().match(event, 0, hit -> list.sighted(hit, "ws-1", false));
      var rows = list.hits().since(0, Scope.of("a"));
      assertThat(rows).hasSize(1);
      assertThat(rows.getFirst().count()).isEqualTo(2);
      assertThat(rows.getFirst().host()).isEqualTo("ws-1");
      assertThat(list.hits().since(0, Scope.of("b"))).isEmpty();
    }
  }
}
