package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is new in a set, told once. */
class NewOnesTest {
  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();
  private boolean refuses;

  private void take(List<Novelties.Novelty> some) {
    if (refuses) {
      throw new IllegalStateException("busy");
    }
    some.forEach(n -> told.add(n.indicator().value() + " " + n.agencies()));
  }

  private IndicatorSet set(String agencies, String values) throws IOException {
    Files.writeString(folder.resolve("a.txt"), values);
    Files.writeString(
        folder.resolve("sources.yml"),
        "sources:\n  - {file: a.txt, format: list%s}\n".formatted(agencies));
    return Indicators.load(folder, Seen.CLOCK).current();
  }

  private List<String> look(NewOnes ones, IndicatorSet set) {
    told.clear();
    ones.look(set, Seen.NOW);
    return List.copyOf(told);
  }

  @Test
  void values_and_agencies_that_were_not_there_are_told_once_across_restarts() throws IOException {
    var ones = new NewOnes(folder.resolve(".known"), this::take);
    assertThat(look(ones, set("", "evil.test\n10.0.0.1\n"))).containsExactly("evil.test []");
    assertThat(look(ones, set("", "evil.test\nmore.test\n"))).containsExactly("more.test []");
    var again = new NewOnes(folder.resolve(".known"), this::take);
    assertThat(look(again, set("", "evil.test\nmore.test\n"))).isEmpty();
    assertThat(look(again, set(", agencies: [health]", "evil.test\n")))
        .containsExactly("evil.test [health]");
    assertThat(look(again, set("", "evil.test\nmore.test\n")))
        .containsExactlyInAnyOrder("evil.test []", "more.test []");
  }

  @Test
  void what_is_new_is_a_set_to_look_back_with() throws IOException {
    var took = new ArrayList<Novelties.Novelty>();
    new NewOnes(folder.resolve(".known"), took::addAll)
        .look(
            set(
                ", agencies: [health], tlp: red",
                "evil.test\nhttp://evil.test/a?b\n45.0.0.0/8\n2a02::1\na@evil.test\n"),
            Seen.NOW);
    var back = Novelties.set(took);
    assertThat(back.size()).isEqualTo(5);
    var event =
        Seen.event("health", Seen.NOW, List.of(Map.entry("url.full", "https://evil.test/a?b")));
    assertThat(Seen.hits(back, event)).hasSize(2);
    assertThat(Seen.hits(back, event).getFirst().indicator().tlp()).isEqualTo(Tlp.RED);
    var others =
        Seen.event("water", Seen.NOW, List.of(Map.entry("url.full", "https://evil.test/a?b")));
    assertThat(Seen.hits(back, others)).isEmpty();
  }

  @Test
  void what_nobody_took_is_told_again_and_batches_have_an_end() throws IOException {
    var values = new StringBuilder();
    for (int i = 0; i < 2500; i++) {
      values.append("h").append(i).append(".test\n");
    }
    var many = set("", values.toString());
    var sizes = new ArrayList<Integer>();
    var ones =
        new NewOnes(
            folder.resolve(".known"),
            some -> {
              take(some);
              sizes.add(some.size());
            });
    refuses = true;
    assertThatThrownBy(() -> look(ones, many)).hasMessage("busy");
    refuses = false;
    assertThat(look(ones, many)).hasSize(2500).doesNotHaveDuplicates();
    assertThat(sizes).containsExactly(1000, 1000, 500);
    assertThat(ones.leftOut()).isZero();
  }
}
