package mo.farol.journal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * Appends numbered frames until it is killed and says on standard output, in lines of {@code first
 * number, sequence, count, ok}, what was acknowledged.
 */
final class AppendingProcess {
  private static final int UNANSWERED = 64;

  private AppendingProcess() {}

  /** Folder, first number, seed. */
  public static void main(String[] args) throws InterruptedException {
    var journal =
        Journal.open(
                new JournalConfig(Path.of(args[0]), 1 << 20, 64 << 20), new SimpleMeterRegistry())
            .start();
    long number = Long.parseLong(args[1]);
    var random = new Random(Long.parseLong(args[2]));
    var window = new Semaphore(UNANSWERED);
    while (true) {
      window.acquire();
      int count = 1 + random.nextInt(40);
      journal.append(Numbered.batch(number, count), new Saying(number, count, window));
      number += count;
    }
  }

  private record Saying(long number, int count, Semaphore window)
      implements EventLog.Acknowledgement {
    @Override
    public void durable(long firstSequence) {
      System.out.println(number + " " + firstSequence + " " + count + " ok");
      window.release();
    }

    @Override
    public void failed(JournalFault fault) {
      System.out.println("failed " + fault.getMessage());
      window.release();
    }
  }
}
