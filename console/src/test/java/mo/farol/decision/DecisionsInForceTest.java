package mo.farol.decision;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mo.farol.alert.DecisionBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionsInForceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  @TempDir private Path folder;

  @Test
  void an_error_at_one_change_does_not_end_looking_for_the_next() throws Exception {
    var looks = new AtomicInteger();
    var taken = new AtomicInteger();
    try (var decisions =
        new DecisionsInForce(
            () -> {
              looks.incrementAndGet();
              return List.of(folder);
            },
            DecisionBook.load(List.of()),
            Instant.now(),
            _ -> {
              if (taken.incrementAndGet() == 1) {
                throw new StackOverflowError("a rule nested too deep");
              }
            },
            new SimpleMeterRegistry())) {
      decisions.start();
      await().atMost(PATIENCE).until(() -> looks.get() >= 2); // it knows how all was
      Files.writeString(folder.resolve("one.txt"), "1");
      await().atMost(PATIENCE).until(() -> taken.get() == 1);
      Files.writeString(folder.resolve("two.txt"), "2");
      await().atMost(PATIENCE).until(() -> taken.get() == 2);
    }
  }
}
