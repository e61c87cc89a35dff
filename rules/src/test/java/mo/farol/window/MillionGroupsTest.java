package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.match.FieldMap;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a million groups take, in use after collection, and that they come back. */
@Tag("slow")
class MillionGroupsTest {
  private static final int GROUPS = 1_000_000;
  private static final long MIB = 1 << 20;

  @TempDir private Path folder;

  @Test
  void a_million_groups_of_two_hits_take_less_than_400_mib_and_come_back() throws IOException {
    var book = Play.book("type: value_count", "rules: [one]", "condition: {gte: 3, field: v}");
    long empty = used();
    var windows = windows(book);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < GROUPS; i++) {
        hit(windows, i, round, new ArrayList<>());
      }
    }
    windows.flush(Instant.MAX, _ -> {});
    long full = used();
    assertThat(windows.groups()).isEqualTo(GROUPS);
    long began = System.nanoTime();
    windows.save(2 * GROUPS);
    long saved = System.nanoTime();
    var restored = windows(book);
    assertThat(restored.restore(2 * GROUPS)).contains(2L * GROUPS);
    restored.adopt();
    long read = System.nanoTime();
    System.out.printf(
        "%d groups: %d MiB in use, file %d MiB, kept in %d ms, taken up in %d ms%n",
        GROUPS,
        (full - empty) / MIB,
        Files.size(folder.resolve("windows.state")) / MIB,
        (saved - began) / 1_000_000,
        (read - saved) / 1_000_000);
    assertThat((full - empty) / MIB).isLessThan(400);
    assertThat(restored.groups()).isEqualTo(GROUPS);
    List<Crossing> out = new ArrayList<>();
    hit(restored, 4_711, 2, out);
    assertThat(out).extracting(Crossing::count).containsExactly(3L);
    assertThat(windows.groups()).isEqualTo(GROUPS);
  }

  private Windows windows(RuleBook book) {
    return new Windows(
        book,
        FieldMap.standard(),
        WindowConfig.defaults().withGroups(GROUPS, GROUPS),
        new SimpleMeterRegistry(),
        Optional.of(folder.resolve("windows.state")),
        LateHit.Sink.NONE);
  }

  private static void hit(Windows windows, int group, int round, List<Crossing> out) {
    var fields =
        Map.of(
            "g", "10.%d.%d.%d".formatted(group >>> 16, group >>> 8 & 255, group & 255),
            "v", "account" + round,
            "host.name", "web-%02d.finance.example".formatted(group % 40),
            "source.ip", "10.%d.%d.%d".formatted(group >>> 16, group >>> 8 & 255, group & 255),
            "destination.port", String.valueOf(1_024 + group % 60_000));
    windows.accept(Detections.at(round, (long) round * GROUPS + group, "one", fields), out::add);
  }

  private static long used() {
    var runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
