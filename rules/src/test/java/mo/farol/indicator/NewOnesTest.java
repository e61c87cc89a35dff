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
  private boolean allTaken;

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
    ones.look(set, true, Seen.NOW);
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
            true,
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

  private IndicatorSet patterns(String... patterns) throws IOException {
    var objects = new StringBuilder();
    for (String pattern : patterns) {
      objects.append(objects.isEmpty() ? "" : ",");
      objects.append(
          "{\"type\":\"indicator\",\"id\":\"indicator--%d\",".formatted(objects.length()));
      objects.append(
          "\"valid_until\":\"2027-01-01T00:00:00Z\",\"pattern\":\"[%s]\"}".formatted(pattern));
    }
    Files.writeString(
        folder.resolve("a.json"), "{\"type\":\"bundle\",\"objects\":[%s]}".formatted(objects));
    Files.writeString(
        folder.resolve("sources.yml"),
        "sources:\n  - {file: a.json, format: stix, agencies: [health]}\n");
    return Indicators.load(folder, Seen.CLOCK).current();
  }

  @Test
  void values_that_count_only_together_are_told_as_one_and_once_across_restarts()
      throws IOException {
    String both =
        "ipv4-addr:value = '45.83.64.1' AND (domain-name:value = 'evil.test' OR domain-name:value = 'bad.test')";
    String other = "ipv4-addr:value = '45.83.64.1' AND domain-name:value = 'more.test'";
    var took = new ArrayList<Novelties.Novelty>();
    var ones = new NewOnes(folder.resolve(".known"), took::addAll);
    ones.look(patterns(both, both), true, Seen.NOW);
    assertThat(took)
        .extracting(n -> n.text() + " " + n.agencies())
        .containsExactly("45.83.64.1 AND (evil.test OR bad.test) [health]");
    assertThat(took.getFirst().indicator().id()).startsWith("indicator--");
    assertThat(took.getFirst().indicator().validUntil()).isPresent();

    var back = Novelties.set(took);
    assertThat(Seen.in(back, "destination.ip", "45.83.64.1")).isEmpty();
    var event =
        Seen.event(
            "health",
            Seen.NOW,
            List.of(
                Map.entry("destination.ip", "45.83.64.1"), Map.entry("url.domain", "a.bad.test")));
    assertThat(Seen.hits(back, event)).hasSize(1);

    took.clear();
    new NewOnes(folder.resolve(".known"), took::addAll).look(patterns(other, both), true, Seen.NOW);
    assertThat(took)
        .extracting(Novelties.Novelty::text)
        .containsExactly("45.83.64.1 AND more.test");
    took.clear();
    new NewOnes(folder.resolve(".known"), took::addAll)
        .look(patterns(both), true, Seen.NOW.plusSeconds(86_400L * 365));
    assertThat(took).as("its term has ended").isEmpty();
  }

  @Test
  void what_was_told_is_not_told_again_while_it_cannot_be_kept() throws IOException {
    var file = folder.resolve("later/.known");
    var ones = new NewOnes(file, this::take);
    var set = set("", "evil.test\nmore.test\n");
    assertThatThrownBy(() -> look(ones, set)).isInstanceOf(IndicatorFault.class);
    assertThat(told).containsExactlyInAnyOrder("evil.test []", "more.test []");
    assertThatThrownBy(() -> look(ones, set)).isInstanceOf(IndicatorFault.class);
    assertThat(told).isEmpty();
    var next = set("", "evil.test\nmore.test\nthird.test\n");
    assertThatThrownBy(() -> look(ones, next)).isInstanceOf(IndicatorFault.class);
    assertThat(told).containsExactly("third.test []");
    Files.createDirectories(folder.resolve("later"));
    assertThat(look(ones, next)).isEmpty();
    assertThat(look(new NewOnes(file, this::take), next)).isEmpty();
  }

  @Test
  void what_a_source_held_is_remembered_while_it_cannot_be_read() throws IOException {
    var file = folder.resolve(".known");
    var ones = new NewOnes(file, this::take);
    assertThat(look(ones, set("", "evil.test\nmore.test\n"))).hasSize(2);
    told.clear();
    ones.look(set("", "third.test\n"), false, Seen.NOW);
    assertThat(told).containsExactly("third.test []");
    var again = new NewOnes(file, this::take);
    assertThat(look(again, set("", "evil.test\nmore.test\nthird.test\n"))).isEmpty();
  }

  @Test
  void batches_that_were_taken_before_one_was_not_are_not_told_again() throws IOException {
    var ones =
        new NewOnes(
            folder.resolve(".known"),
            some -> {
              refuses = told.size() == 1000 && !allTaken;
              take(some);
            });
    var many = set("", hosts(2500));
    assertThatThrownBy(() -> look(ones, many)).hasMessage("busy");
    var first = List.copyOf(told);
    assertThat(first).hasSize(1000);
    allTaken = true;
    assertThat(look(ones, many)).hasSize(1500).doesNotContainAnyElementsOf(first);
  }

  @Test
  void more_than_can_be_looked_back_for_are_counted() throws IOException {
    var ones = new NewOnes(folder.resolve(".known"), this::take);
    var many = set("", hosts(NewOnes.MOST + 7));
    assertThat(look(ones, many)).hasSize(NewOnes.MOST);
    assertThat(ones.leftOut()).isEqualTo(7);
    assertThat(look(ones, set("", hosts(NewOnes.MOST + 8)))).hasSize(1);
  }

  private static String hosts(int count) {
    var values = new StringBuilder();
    for (int i = 0; i < count; i++) {
      values.append("h").append(i).append(".test\n");
    }
    return values.toString();
  }

  @Test
  void what_nobody_took_is_told_again_and_batches_have_an_end() throws IOException {
    var many = set("", hosts(2500));
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
