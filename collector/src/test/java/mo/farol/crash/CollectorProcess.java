package mo.farol.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mo.farol.intake.Intake;

/** A collector in a process of its own; to be killed. */
public final class CollectorProcess {
  /** Begins the line that says where it listens. */
  static final String READY = "ready";

  private static final long SWEEP_MILLIS = 100;
  private static final Duration AT_MOST = Duration.ofSeconds(10);

  private CollectorProcess() {}

  /** Takes the folder of a home; says {@code ready RELP HTTP}; ends when its input does. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var ending = new CountDownLatch(1);
    try (var rooms = Rooms.open(new Home(Path.of(arguments[0]))).start();
        var intake = rooms.intake().start()) {
      var sweeping = Thread.ofPlatform().daemon().start(() -> sweep(rooms, ending));
      System.out.println(
          READY + " " + port(intake, "intake.relp") + " " + port(intake, "intake.http"));
      while (System.in.read() >= 0) {
        // until whoever started us is gone
      }
      ending.countDown();
      sweeping.join(AT_MOST);
    }
  }

  private static void sweep(Rooms rooms, CountDownLatch ending) {
    try {
      while (!ending.await(SWEEP_MILLIS, TimeUnit.MILLISECONDS)) {
        rooms.retention().sweep();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int port(Intake intake, String key) {
    return Optional.ofNullable(intake.bound().get(key)).orElseThrow().getPort();
  }
}
