package mo.farol.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.centre.Config;
import mo.farol.centre.Farol;
import mo.farol.centre.Key;
import mo.farol.store.StoredIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of an index that were replaced, and are there still. */
class ReplacedTest {
  @TempDir private Path folder;

  @Test
  void what_no_commit_names_was_replaced_and_nothing_else() throws IOException {
    fill();
    var index = folder.resolve("index");
    var days = StoredIndex.in(index).days();
    assertThat(days).isNotEmpty();
    assertThat(Replaced.files(index)).isEmpty();

    var merged = Files.writeString(index.resolve(days.firstKey()).resolve("_zz.cfs"), "merged");
    assertThat(Replaced.files(index)).containsExactly(merged);
  }

  private void fill() throws IOException {
    try (var farol = Farol.open(config()).start()) {
      var to = farol.listener(Key.INTAKE_SYSLOG_TCP.key());
      try (var socket = new Socket(to.getAddress(), to.getPort())) {
        socket
            .getOutputStream()
            .write("<13>1 2026-11-26T10:00:00Z h a - - - x\n".getBytes(StandardCharsets.UTF_8));
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> farol.status().indexed() == 1);
    }
  }

  private Config config() {
    var sets =
        Stream.concat(
                Arrays.stream(Key.values()).filter(Key::isPort).map(key -> key.key() + "=0"),
                Stream.of("console.tls=false"))
            .toList();
    return Config.read(folder, Optional.empty(), List.copyOf(sets));
  }
}
