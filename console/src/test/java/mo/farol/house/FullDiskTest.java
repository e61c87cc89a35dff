package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A home on a small file system that runs full: the centre stops accepting, people work on, and it
 * goes on by itself. Needs the right to mount one.
 */
class FullDiskTest {
  private static final int LINES = 200;
  @TempDir Path home;
  private boolean isMounted;

  @BeforeEach
  void mount() throws Exception {
    isMounted = run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", home.toString()) == 0;
    assumeTrue(isMounted, "SKIPPED: this test needs the right to mount a tmpfs");
  }

  @AfterEach
  void unmount() throws Exception {
    if (isMounted) {
      // lazily, for the log file is open as long as this process is
      assertThat(run("umount", "-l", home.toString())).isZero();
    }
  }

  @Test
  void a_full_disk_stops_acceptance_and_nothing_else() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    try (var house =
        House.open(home, "journal.reserve=16MiB", "journal.segment=1MiB", "rules.builtin=false")) {
      String token = house.farol().ingestToken("agency-a", "test");
      post(house, token, 0, acknowledged);
      Path ballast = home.resolve("ballast");
      Files.write(ballast, new byte[24 << 20]);
      int refusedAt = fill(house, token, acknowledged);
      assertThat(house.post(token, "late".getBytes(StandardCharsets.UTF_8))).isEqualTo(503);

      assertThat(house.healthz()).isEqualTo("journal");
      assertThat(house.get("/status").path("troubles").findValuesAsText("kind"))
          .containsExactly("journal");
      assertThat(house.search("first0x0").path("total").asLong()).isOne();
      assertThat(house.getAs(house.token(House.OLGA), "/sources").statusCode()).isEqualTo(200);

      Files.delete(ballast);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> post(house, token, refusedAt + 1, acknowledged));
      assertThat(house.healthz()).isEqualTo("ok");
      assertThat(house.get("/status").path("troubles")).isEmpty();
      await().atMost(Duration.ofSeconds(60)).until(() -> house.isSettled(acknowledged.size()));
      assertThat(house.search("farolnumbered").path("total").asLong())
          .isEqualTo(acknowledged.size());
    }
  }

  // Posts until a request is refused; returns its number.
  private static int fill(House house, String token, Set<String> acknowledged) throws Exception {
    for (int i = 1; i < 5_000; i++) {
      if (!post(house, token, i, acknowledged)) {
        return i;
      }
    }
    throw new AssertionError("64 MiB never ran full");
  }

  private static boolean post(House house, String token, int request, Set<String> acknowledged)
      throws IOException, InterruptedException {
    var body = new StringBuilder();
    var names = new HashSet<String>();
    for (int line = 0; line < LINES; line++) {
      String name = "first%dx%d".formatted(request, line);
      names.add(name);
      // of random digits, for like text would be packed to nothing
      body.append("farolnumbered ").append(name).append(' ').append(java.util.UUID.randomUUID());
      body.append('\n');
    }
    boolean isKept = house.post(token, body.toString().getBytes(StandardCharsets.UTF_8)) == 200;
    if (isKept) {
      acknowledged.addAll(names);
    }
    return isKept;
  }

  private static int run(String... command) throws InterruptedException {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1; // no such program here
    }
  }
}
