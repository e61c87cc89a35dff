package mo.farol.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A RELP listener over a journal, killed with SIGKILL at a random moment under load: what was
 * answered is on disk exactly once. What was not answered is sent again, as senders do, and may be
 * there twice.
 */
class RelpKillTest {
  private static final int WINDOW = 128;

  @TempDir private Path folder;

  @Test
  void what_was_answered_is_there_exactly_once_after_ten_kills() throws Exception {
    kill(10);
  }

  @Test
  @Tag("slow")
  void what_was_answered_is_there_exactly_once_after_two_hundred_kills() throws Exception {
    kill(200);
  }

  private void kill(int rounds) throws Exception {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("RelpKillTest seed=" + seed);
    var random = new Random(seed);
    Set<String> answered = ConcurrentHashMap.newKeySet();
    Set<String> again = ConcurrentHashMap.newKeySet();
    Set<String> open = Set.of();
    for (int round = 0; round < rounds; round++) {
      open = round(round, 20 + random.nextInt(400), open, answered, again);
    }
    assertThat(answered).hasSizeGreaterThan(rounds * 10);
    var found = found();
    assertThat(found.keySet()).containsAll(answered);
    found.forEach(
        (name, times) ->
            assertThat(times).as(name).isLessThanOrEqualTo(again.contains(name) ? 20 : 1));
    System.out.printf(
        "%d kills, %d answered, %d sent again, %d found%n",
        rounds, answered.size(), again.size(), found.size());
  }

  // Gives the names that had no answer when it was killed.
  private Set<String> round(
      int round, int millis, Set<String> left, Set<String> answered, Set<String> again)
      throws Exception {
    var process = RelpProcess.start(folder);
    var names = new ConcurrentHashMap<Integer, String>();
    int port = RelpProcess.port(process);
    var killer = Thread.ofVirtual().start(() -> killAfter(process, millis));
    try (var client =
        new RelpClient("127.0.0.1", port, WINDOW, n -> answered.add(names.remove(n)))) {
      int number = 1;
      for (String name : left) {
        again.add(name);
        names.put(++number, name);
        client.send(("<14>numbered " + name).getBytes(US_ASCII));
      }
      for (int i = 0; process.isAlive(); i++) {
        String name = "r%dn%d".formatted(round, i);
        names.put(++number, name);
        client.send(("<14>numbered " + name).getBytes(US_ASCII));
        client.flush();
      }
    } catch (IOException killed) {
      // that is what it is here for
    } finally {
      killer.join();
      process.destroyForcibly().waitFor();
    }
    return Set.copyOf(names.values());
  }

  private static void killAfter(Process process, int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  private Map<String, Integer> found() {
    var found = new HashMap<String, Integer>();
    try (var journal = RelpProcess.open(folder);
        var reader = journal.read(0)) {
      for (var block = reader.next(Duration.ZERO);
          block != null;
          block = reader.next(Duration.ZERO)) {
        for (int i = 0; i < block.frames().count(); i++) {
          String text = block.frames().frame(i, block.firstSequence()).text();
          found.merge(text.substring("<14>numbered ".length()), 1, Integer::sum);
        }
      }
    }
    return found;
  }
}
