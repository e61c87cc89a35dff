package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits to be looked for in history, over restarts. */
class BacklogTest {
  @TempDir Path folder;

  private static Novelties.Novelty novelty(String value, String... agencies) {
    return new Novelties.Novelty(
        new Indicator(
            "indicator--" + value,
            Kind.DOMAIN,
            value,
            List.of("feed", "名單"),
            80,
            Tlp.AMBER_STRICT,
            Optional.of(Seen.NOW),
            Optional.of(Seen.NOW.plusSeconds(60)),
            List.of("c2\n\"x\"")),
        Set.of(agencies));
  }

  private static Novelties.Novelty together() {
    return new Novelties.Novelty(
        novelty("a.test").indicator(),
        Set.of("health"),
        List.of(
            List.of(new Novelties.Value(Kind.DOMAIN, "a.test")),
            List.of(
                new Novelties.Value(Kind.ADDRESS, "45.83.64.1"),
                new Novelties.Value(Kind.NETWORK, "45.83.65.0/24"))));
  }

  private Path file() {
    return folder.resolve(Backlog.FILE);
  }

  private Backlog open() {
    return Backlog.open(file());
  }

  private static List<Novelties.Novelty> all(Backlog backlog) {
    return backlog.next(1_000, (_, _) -> true);
  }

  @Test
  void what_was_taken_is_there_after_a_restart_whole_and_once() {
    var backlog = open();
    assertThat(backlog.hasNext()).isFalse();
    backlog.add(List.of(novelty("a.test"), novelty("b.test", "health", "water"), together()));
    backlog.add(List.of(novelty("b.test", "health", "water"), novelty("b.test")));
    var again = open();
    assertThat(all(again))
        .containsExactly(
            novelty("a.test"), novelty("b.test", "health", "water"), together(), novelty("b.test"));
    assertThat(together().text()).isEqualTo("a.test AND (45.83.64.1 OR 45.83.65.0/24)");
    assertThat(again.next(2, (_, _) -> true)).hasSize(2);
    assertThat(again.next(9, (one, other) -> one.agencies().equals(other.agencies())))
        .containsExactly(novelty("a.test"));
  }

  @Test
  void what_is_done_waits_no_more_and_what_is_set_aside_waits_for_the_next_start() {
    var backlog = open();
    backlog.add(List.of(novelty("a.test"), novelty("b.test"), novelty("c.test")));
    backlog.done(List.of(novelty("a.test")));
    backlog.setAside(List.of(novelty("b.test")));
    assertThat(all(backlog)).containsExactly(novelty("c.test"));
    backlog.add(List.of(novelty("b.test"), novelty("d.test")));
    assertThat(backlog.size()).isEqualTo(3);
    var again = open();
    assertThat(all(again)).containsExactly(novelty("c.test"), novelty("d.test"), novelty("b.test"));
    again.done(all(again));
    assertThat(file()).doesNotExist();
    assertThat(open().size()).isZero();
  }

  @Test
  void a_restart_knows_by_which_hunt_the_first_of_them_were_looked_for() {
    var backlog = open();
    backlog.add(List.of(novelty("a.test"), novelty("b.test"), novelty("c.test")));
    backlog.setAside(List.of(novelty("a.test")));
    backlog.begun("h1", backlog.next(1, (_, _) -> true));
    backlog.add(List.of(novelty("d.test")));
    assertThat(open().begun()).contains(new Backlog.Begun("h1", List.of(novelty("b.test"))));
    backlog.done(List.of(novelty("b.test")));
    assertThat(open().begun()).isEmpty();
  }

  @Test
  void what_was_set_aside_and_is_looked_for_again_is_not_taken_for_what_came_since() {
    var backlog = open();
    backlog.add(List.of(novelty("a.test")));
    backlog.setAside(List.of(novelty("a.test")));
    var again = open();
    again.begun("h1", again.next(1, (_, _) -> true));
    again.add(List.of(novelty("x.test")));

    var last = open();
    var begun = last.begun().orElseThrow();
    assertThat(begun).isEqualTo(new Backlog.Begun("h1", List.of(novelty("a.test"))));
    last.done(begun.some());
    assertThat(all(open())).containsExactly(novelty("x.test"));
  }

  @Test
  void a_line_that_was_cut_or_damaged_costs_only_itself() throws IOException {
    open().add(List.of(novelty("a.test"), novelty("b.test")));
    String text = Files.readString(file());
    Files.writeString(file(), "{\"kind\":\"DOMAIN\",\"value\":\"\"}\n" + text + "{\"id\":\"x");
    var backlog = open();
    assertThat(all(backlog)).containsExactly(novelty("a.test"), novelty("b.test"));
    backlog.add(List.of(novelty("c.test")));
    assertThat(all(open())).hasSize(3);
    Files.writeString(file(), Files.readString(file()).stripTrailing());
    open().add(List.of(novelty("d.test")));
    assertThat(all(open())).hasSize(4);
  }

  @Test
  void what_cannot_be_kept_is_not_taken() throws IOException {
    var file = folder.resolve("later").resolve(Backlog.FILE);
    var backlog = Backlog.open(file);
    assertThatThrownBy(() -> backlog.add(List.of(novelty("a.test"))))
        .isInstanceOf(IndicatorFault.class);
    assertThat(backlog.hasNext()).isFalse();
    Files.createDirectories(folder.resolve("later"));
    backlog.add(List.of(novelty("a.test")));
    assertThat(all(Backlog.open(file))).containsExactly(novelty("a.test"));
    Files.writeString(file, "half", StandardOpenOption.APPEND);
    assertThat(Backlog.open(file).size()).isEqualTo(1);
  }
}
