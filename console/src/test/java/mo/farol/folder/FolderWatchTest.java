package mo.farol.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void it_calls_at_every_look_until_what_changed_is_taken_and_again_at_the_next_change()
      throws Exception {
    Files.writeString(folder.resolve("old.yml"), "1");
    var watch = new FolderWatch[1];
    watch[0] =
        new FolderWatch(
            "test",
            this::look,
            stamps -> {
              if (calls.incrementAndGet() % 2 == 0) {
                watch[0].take(stamps);
              }
            });
    try (var watching = watch[0]) {
      watching.take(look());
      watching.start();
      await().atMost(PATIENCE).until(() -> looks.get() > 3);
      assertThat(calls).hasValue(0);
      Files.writeString(folder.resolve("new.yml"), "2");
      await().atMost(PATIENCE).until(() -> calls.get() == 2);
      Files.delete(folder.resolve("old.yml"));
      await().atMost(PATIENCE).until(() -> calls.get() == 4);
      Files.writeString(folder.resolve("other.txt"), "not looked at");
      int seen = looks.get();
      await().atMost(PATIENCE).until(() -> looks.get() > seen + 2);
      assertThat(calls).hasValue(4);
    }
  }

  @Test
  void what_changed_after_it_was_read_is_not_as_it_was_taken() throws Exception {
    Files.writeString(folder.resolve("a.yml"), "1");
    var watch = new FolderWatch("test", this::look, _ -> {});
    watch.takeBefore(Instant.now().plusSeconds(60));
    assertThat(watch.now()).isEqualTo(look());
    assertThat(look().before(0)).isEqualTo(new Stamps()).isNotEqualTo(look());
  }

  private Stamps look() throws IOException {
    looks.incrementAndGet();
    return new Stamps()
        .with(folder, 3, file -> file.toString().endsWith(".yml"))
        .with(folder.resolve("none"), 3, _ -> true);
  }
}
