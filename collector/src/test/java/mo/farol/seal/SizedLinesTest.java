package mo.farol.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others said of heads, of which only the places are held in memory. */
class SizedLinesTest {
  private static final long SEED = Long.getLong("farol.seed", System.nanoTime());

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("said.jsonl");
  }

  @Test
  void every_line_is_found_by_its_size_in_any_order_and_after_a_restart() {
    System.out.println("SizedLinesTest seed " + SEED);
    var random = new Random(SEED);
    var said = new HashMap<Long, List<String>>();
    var lines = SizedLines.open(file, "line");
    for (int i = 0; i < 300; i++) {
      long size = random.nextInt(100);
      String text = "— ção " + i;
      lines.add(size, text);
      said.computeIfAbsent(size, _ -> new ArrayList<>()).add(text);
      if (i % 60 == 59) {
        lines = SizedLines.open(file, "line");
      }
      check(lines, said);
    }
  }

  private static void check(SizedLines lines, Map<Long, List<String>> said) {
    assertThat(lines.sizes()).as("-Dfarol.seed=%d", SEED).isEqualTo(said.keySet());
    for (long size = -1; size <= 100; size++) {
      long above = size;
      assertThat(lines.of(size)).isEqualTo(said.getOrDefault(size, List.of()));
      assertThat(lines.above(size))
          .isEqualTo(said.keySet().stream().filter(s -> s > above).min(Long::compare));
    }
  }

  @Test
  void what_was_said_is_read_from_the_file_when_it_is_asked_for() throws IOException {
    var lines = SizedLines.open(file, "line");
    lines.add(5, "first");
    lines.add(9, "other");
    String whole = Files.readString(file);
    Files.writeString(file, whole.replace("first", "later"));
    assertThat(lines.of(5)).containsExactly("later");
    Files.writeString(file, whole.replace("5", "6"));
    assertThatThrownBy(() -> lines.of(5)).isInstanceOf(SealFault.class);
    Files.writeString(file, "");
    assertThatThrownBy(() -> lines.of(9)).isInstanceOf(SealFault.class);
  }
}
