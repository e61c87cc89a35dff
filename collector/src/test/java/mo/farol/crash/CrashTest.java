package mo.farol.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import mo.farol.event.Scope;
import mo.farol.search.Asker;
import mo.farol.search.SearchRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A collector in a process of its own, killed with SIGKILL over and over on the same home while
 * RELP and HTTP senders load it: what was answered is in the journal, each frame of the journal is
 * in the index exactly once, and the seal holds. {@code -Dfarol.seed} repeats the choices made.
 */
class CrashTest {
  private static final int FLEETING = 4;
  private static final int LOAD = 100;
  private static final int SAMPLES = 300;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  private final long seed = Long.getLong("farol.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Told told = new Told();
  private final List<Sender> senders =
      List.of(
          new RelpSender(1, told, seed),
          new RelpSender(2, told, seed),
          new HttpSender(3, told, seed, Rooms.LASTING),
          new HttpSender(FLEETING, told, seed, Rooms.FLEETING));
  private final Map<Moment, Integer> moments = new EnumMap<>(Moment.class);
  private long startNanos = 500_000_000;

  @Test
  void four_kills_lose_nothing_answered_and_double_nothing() throws Exception {
    kill(4);
  }

  @Test
  @Tag("slow")
  void two_hundred_kills_lose_nothing_answered_and_double_nothing() throws Exception {
    kill(200);
  }

  private void kill(int rounds) throws Exception {
    System.out.println("CrashTest seed " + seed);
    long begun = System.nanoTime();
    var home = new Home(folder.resolve("home"));
    var flags = Flags.learnt(folder);
    var audit = new Audit(home, told);
    for (int round = 0; round < rounds; round++) {
      var moment = Moment.pick(random);
      moments.merge(moment, 1, Integer::sum);
      live(home, flags, moment);
      audit.look(FLEETING);
    }
    catchUp(home);
    audit.settle(FLEETING);
    assertThat(told.answered()).hasSizeGreaterThan(rounds * 50);
    System.out.printf(
        "%d kills %s: %d events answered, %d sent again, %d frames, %d removals, in %d s%n",
        rounds,
        moments,
        told.answered().size(),
        told.sentAgain(),
        audit.frames(),
        audit.removals(),
        Duration.ofNanos(System.nanoTime() - begun).toSeconds());
  }

  private void live(Home home, List<String> flags, Moment moment) throws Exception {
    long begun = System.nanoTime();
    try (var child = Child.start(home, flags)) {
      if (moment == Moment.STARTING) {
        Moment.pause(random.nextLong(startNanos));
        child.kill();
        return;
      }
      var ports = child.ready();
      startNanos = System.nanoTime() - begun;
      var sending = new ArrayList<Thread>();
      var failures = new ArrayList<Throwable>();
      for (var sender : senders) {
        sending.add(Thread.ofVirtual().start(() -> send(sender, ports, failures)));
      }
      int before = told.answered().size();
      moment.await(home, random, () -> told.answered().size() >= before + LOAD);
      child.kill();
      for (var thread : sending) {
        thread.join();
      }
      assertThat(failures).isEmpty();
    }
  }

  private static void send(Sender sender, Child.Ports ports, List<Throwable> failures) {
    try {
      sender.send(ports);
    } catch (IOException killed) {
      // that is what it is here for
    } catch (InterruptedException | AssertionError | RuntimeException e) {
      synchronized (failures) {
        failures.add(e);
      }
    }
  }

  private void catchUp(Home home) {
    try (var rooms = Rooms.open(home).start()) {
      long durable = rooms.journal().durable();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(List.of(rooms.store().searchable(), rooms.seal().sealed()))
                      .as("searchable, sealed")
                      .containsOnly(durable));
      rooms.retention().sweep();
      told.answered().stream()
          .filter(number -> Sender.id(number) != FLEETING)
          .limit(SAMPLES)
          .forEach(number -> search(rooms, number));
    }
  }

  private void search(Rooms rooms, long number) {
    var question =
        new SearchRequest(
            "message:" + number,
            Scope.national(),
            Instant.EPOCH,
            Instant.MAX,
            10,
            Optional.empty());
    assertThat(rooms.search().run(Asker.CENTRE, "", q -> q.find(question)).total())
        .as("%d by search", number)
        .isBetween(1L, (long) told.timesSent(number));
  }
}
